package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.hydranet.engine.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX graph in the making; every value in it has a unique name. */
final class GraphWriter {
  /** More than the tag and length bytes that protobuf puts around one tensor's numbers. */
  private static final long FRAMING = 32;

  private final GraphProto.Builder graph;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  GraphWriter(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  void input(ValueInfoProto info) {
    graph.addInput(info);
    define(info.getName());
  }

  /** An output; its value is one that an input or a node has defined. */
  void output(ValueInfoProto info) {
    graph.addOutput(info);
  }

  /** Appends a node with one output and returns that output's name, which is the node's too. */
  String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(define(name))
            .addAllAttribute(List.of(attributes)));
    return name;
  }

  /** Appends a node with several outputs, which gets the name of the first. */
  void node(
      String operator, List<String> outputs, List<String> inputs, List<AttributeProto> attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(outputs.get(0))
            .addAllInput(inputs)
            .addAllOutput(outputs.stream().map(this::define).toList())
            .addAllAttribute(attributes));
  }

  /** A constant tensor. */
  String weights(String name, Tensor tensor) {
    weights.put(define(name), tensor);
    return name;
  }

  /** A constant without dimensions. */
  String scalar(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(define(name))
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(value));
    return name;
  }

  /** A constant without dimensions. */
  String scalar(String name, long value) {
    graph.addInitializer(int64(name).addInt64Data(value));
    return name;
  }

  /** A constant of one dimension. */
  String vector(String name, int... values) {
    TensorProto.Builder tensor = int64(name).addDims(values.length);
    for (int value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** A constant of one dimension. */
  String vector(String name, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(define(name))
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(values.length);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** The size of what {@link #build} makes, or a little more, in bytes. */
  long size() {
    long size = graph.build().getSerializedSize();
    for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
      size += header(weight.getKey(), weight.getValue()).build().getSerializedSize() + FRAMING;
      size += Float.BYTES * weight.getValue().shape().elementCount();
    }
    return size;
  }

  /** The graph with all its weights, which must be of less than 2 GB. */
  GraphProto build() {
    weights.forEach(
        (name, tensor) -> {
          byte[] bytes = new byte[Float.BYTES * tensor.data().length];
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.data());
          graph.addInitializer(
              header(name, tensor).setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
        });
    return graph.build();
  }

  private static TensorProto.Builder header(String name, Tensor tensor) {
    TensorProto.Builder header =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (int extent : tensor.shape().toArray()) {
      header.addDims(extent);
    }
    return header;
  }

  private TensorProto.Builder int64(String name) {
    return TensorProto.newBuilder()
        .setName(define(name))
        .setDataType(TensorProto.DataType.INT64_VALUE);
  }

  private String define(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two values of the graph would be named '" + name + "'");
    }
    return name;
  }
}
