package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.List;
import java.util.Locale;

/** Writes ONNX models as exporters write them, node by node, with seeded weights. */
final class ModelMaker {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final int opset;
  private int names;

  ModelMaker(int opset) {
    this.opset = opset;
  }

  /** A float32 input; an extent of -1 is open. */
  String input(String name, int... extents) {
    return input(name, TensorProto.DataType.FLOAT_VALUE, extents);
  }

  String input(String name, int type, int... extents) {
    graph.addInput(value(name, type, extents));
    return name;
  }

  private static ValueInfoProto value(String name, int type, int... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int i = 0; i < extents.length; i++) {
      shape.addDim(
          extents[i] < 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam(name + i)
              : TensorShapeProto.Dimension.newBuilder().setDimValue(extents[i]));
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type);
    if (extents.length > 0) {
      tensor.setShape(shape);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** An output of the model, of any shape. */
  void output(String name) {
    output(name, TensorProto.DataType.FLOAT_VALUE);
  }

  void output(String name, int type) {
    graph.addOutput(value(name, type));
  }

  /** A weight of random numbers that keep signals alive. */
  String weight(int... extents) {
    String name = "weight" + names++;
    Tensor tensor = SeededTensors.uniform(name, Shape.of(extents), opset);
    int fan = 1;
    for (int i = 1; i < extents.length; i++) {
      fan *= extents[i];
    }
    float scale = extents.length == 1 ? 1 : (float) Math.sqrt(3.0 / fan);
    TensorProto.Builder proto = tensor(name, TensorProto.DataType.FLOAT_VALUE, extents);
    for (float x : tensor.data()) {
      proto.addFloatData(x * scale);
    }
    graph.addInitializer(proto);
    return name;
  }

  /** A constant of float32 numbers; of one dimension, or of none for a single number. */
  String floats(boolean scalar, float... numbers) {
    String name = "floats" + names++;
    TensorProto.Builder proto =
        scalar
            ? tensor(name, TensorProto.DataType.FLOAT_VALUE)
            : tensor(name, TensorProto.DataType.FLOAT_VALUE, numbers.length);
    for (float x : numbers) {
      proto.addFloatData(x);
    }
    graph.addInitializer(proto);
    return name;
  }

  String number(float x) {
    return floats(true, x);
  }

  /** A constant of whole numbers, of one dimension. */
  String whole(long... numbers) {
    String name = "whole" + names++;
    TensorProto.Builder proto = tensor(name, TensorProto.DataType.INT64_VALUE, numbers.length);
    for (long x : numbers) {
      proto.addInt64Data(x);
    }
    graph.addInitializer(proto);
    return name;
  }

  /** One whole number, without dimensions. */
  String index(long number) {
    String name = "index" + names++;
    graph.addInitializer(tensor(name, TensorProto.DataType.INT64_VALUE).addInt64Data(number));
    return name;
  }

  private static TensorProto.Builder tensor(String name, int type, int... extents) {
    TensorProto.Builder proto = TensorProto.newBuilder().setName(name).setDataType(type);
    for (int extent : extents) {
      proto.addDims(extent);
    }
    return proto;
  }

  /**
   * A node with one output.
   *
   * @param inputs names; empty for one that is left out
   * @param attributes names and values in turn: numbers, texts, arrays of long
   * @return the output's name
   */
  String node(String operator, List<String> inputs, Object... attributes) {
    return nodes(operator, 1, inputs, attributes).getFirst();
  }

  List<String> nodes(String operator, int outputs, List<String> inputs, Object... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName("n" + names);
    node.addAllInput(inputs);
    for (int i = 0; i < outputs; i++) {
      node.addOutput(operator.toLowerCase(Locale.ROOT) + names++);
    }
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    graph.addNode(node);
    return List.copyOf(node.getOutputList());
  }

  private static AttributeProto attribute(String name, Object value) {
    return switch (value) {
      case Integer number -> Attribute.of(name, (long) number);
      case Float number -> Attribute.of(name, number);
      case String text -> Attribute.of(name, text);
      case long[] numbers -> {
        AttributeProto.Builder attribute =
            AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long number : numbers) {
          attribute.addInts(number);
        }
        yield attribute.build();
      }
      default -> throw new IllegalArgumentException(name + ": " + value);
    };
  }

  static long[] ints(long... numbers) {
    return numbers;
  }

  ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  byte[] bytes() {
    return model().toByteArray();
  }
}
