package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the engine's operators as those of ONNX, one at a time, in the order of the graph. */
final class OpTranslator {
  private final GraphWriter out;
  private final Map<String, Tensor> weights;
  private List<String> relu6Bounds;

  OpTranslator(GraphWriter out, Map<String, Tensor> weights) {
    this.out = out;
    this.weights = weights;
  }

  /**
   * Writes one operator and its parameters.
   *
   * @param inputs the ONNX names of the values that it reads
   * @param output what the ONNX value is to be called
   * @param shape the value's shape where the sizes of the graph's inputs are fixed
   */
  void translate(Node node, List<String> inputs, String output, Optional<Shape> shape) {
    List<String> operands = new ArrayList<>(inputs);
    for (Parameter parameter : node.op().parameters()) {
      String name = node.parameterName(parameter);
      operands.add(out.weights(name, weights.get(name)));
    }
    switch (node.op()) {
      case Conv2d conv ->
          out.node(
              "Conv",
              output,
              operands,
              Attribute.of("kernel_shape", conv.kernel()),
              Attribute.of("strides", conv.stride()),
              Attribute.pads(conv.padding()),
              Attribute.of("dilations", conv.dilation()),
              Attribute.of("group", conv.groups()));
      case BatchNorm norm ->
          out.node(
              "BatchNormalization", output, operands, Attribute.of("epsilon", (float) norm.eps()));
      case Activation activation -> {
        switch (activation.function()) {
          case RELU -> out.node("Relu", output, operands);
          case RELU6 -> {
            operands.addAll(relu6Bounds());
            out.node("Clip", output, operands);
          }
        }
      }
      case Add add -> out.node("Add", output, operands);
      case Concat concat -> out.node("Concat", output, operands, Attribute.of("axis", 1));
      case MaxPool2d pool ->
          out.node(
              "MaxPool",
              output,
              operands,
              Attribute.of("kernel_shape", pool.kernel()),
              Attribute.of("strides", pool.stride()),
              Attribute.pads(pool.padding()));
      case AvgPool2d pool ->
          out.node(
              "AveragePool",
              output,
              operands,
              Attribute.of("kernel_shape", pool.kernel()),
              Attribute.of("strides", pool.stride()),
              Attribute.pads(pool.padding()),
              Attribute.of("count_include_pad", pool.countIncludePad() ? 1 : 0));
      case GlobalAvgPool pool -> out.node("GlobalAveragePool", output, operands);
      case Upsample upsample ->
          new ResizeTranslator(out, output).translate(upsample, operands, shape);
      case Softmax softmax -> out.node("Softmax", output, operands, Attribute.of("axis", 1));
      case ArgMax argMax -> {
        String index =
            out.node(
                "ArgMax",
                output + "/index",
                operands,
                Attribute.of("axis", 1),
                Attribute.of("keepdims", 1),
                Attribute.of("select_last_index", 0));
        out.node(
            "Cast", output, List.of(index), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE));
      }
      case Flatten flatten -> out.node("Flatten", output, operands, Attribute.of("axis", 1));
      case Linear linear -> out.node("Gemm", output, operands, Attribute.of("transB", 1));
    }
  }

  private List<String> relu6Bounds() {
    if (relu6Bounds == null) {
      relu6Bounds = List.of(out.scalar("relu6/min", 0f), out.scalar("relu6/max", 6f));
    }
    return relu6Bounds;
  }
}
