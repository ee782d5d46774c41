package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Size;
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
   * @param output the name of the ONNX value
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
              Attribute.pads(conv.padding(), conv.after()),
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
      case Concat concat ->
          out.node("Concat", output, operands, Attribute.of("axis", concat.axis()));
      case MaxPool2d pool ->
          out.node(
              "MaxPool",
              output,
              operands,
              Attribute.of("kernel_shape", pool.kernel()),
              Attribute.of("strides", pool.stride()),
              Attribute.pads(pool.padding(), pool.after()),
              Attribute.of("dilations", pool.dilation()),
              Attribute.of("ceil_mode", pool.ceil() ? 1 : 0));
      case AvgPool2d pool -> averagePool(pool, operands, output);
      case GlobalAvgPool pool -> out.node("GlobalAveragePool", output, operands);
      case Upsample upsample ->
          new ResizeTranslator(out, output).translate(upsample, operands, shape);
      case Softmax softmax -> softmax(softmax, operands, output, shape);
      case ArgMax argMax -> {
        String index =
            out.node(
                argMax.kind(),
                output + "/index",
                operands,
                Attribute.of("axis", argMax.axis()),
                Attribute.of("keepdims", argMax.keepDims() ? 1 : 0),
                Attribute.of("select_last_index", argMax.last() ? 1 : 0));
        out.node(
            "Cast", output, List.of(index), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE));
      }
      case ConvTranspose2d conv ->
          out.node(
              "ConvTranspose",
              output,
              operands,
              Attribute.of("kernel_shape", conv.kernel()),
              Attribute.of("strides", conv.stride()),
              Attribute.pads(conv.before(), notNegative(conv.after())),
              Attribute.of("output_padding", notNegative(negative(conv.after()))),
              Attribute.of("dilations", conv.dilation()),
              Attribute.of("group", conv.groups()));
      case Elementwise elementwise ->
          new ElementwiseTranslator(out, output).translate(elementwise, operands);
      case MatMul product -> out.node("MatMul", output, operands);
      case Normalize normalize ->
          new NormalizeTranslator(out, output).translate(normalize, operands);
      case Rearrange rearrange ->
          new RearrangeTranslator(out, output).translate(rearrange, operands);
      case Reduce reduce -> reduce(reduce, operands, output);
      case Reduce.Cumulative sums ->
          out.node(
              "CumSum",
              output,
              List.of(operands.get(0), out.scalar(output + "/axis", (long) sums.axis())),
              Attribute.of("exclusive", sums.exclusive() ? 1 : 0),
              Attribute.of("reverse", sums.reverse() ? 1 : 0));
      case ArgMax.Largest largest -> largest(largest, operands, output);
      case Resize resize -> new ResizeTranslator(out, output).translate(resize, operands);
      case ShapeDependent dependent ->
          throw new IllegalArgumentException(
              node.name()
                  + " ("
                  + dependent.kind()
                  + ") depends on the input's shape: export the network for one size");
      case Flatten flatten -> out.node("Flatten", output, operands, Attribute.of("axis", 1));
      case Linear linear -> out.node("Gemm", output, operands, Attribute.of("transB", 1));
    }
  }

  private void largest(ArgMax.Largest op, List<String> operands, String output) {
    List<String> inputs = List.of(operands.get(0), out.vector(output + "/k", op.count()));
    List<AttributeProto> attributes =
        List.of(Attribute.of("axis", op.axis()), Attribute.of("largest", op.smallest() ? 0 : 1));
    if (!op.places()) {
      out.node("TopK", List.of(output, output + "/places"), inputs, attributes);
      return;
    }
    String places = output + "/places";
    out.node("TopK", List.of(output + "/values", places), inputs, attributes);
    out.node("Cast", output, List.of(places), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE));
  }

  private List<String> relu6Bounds() {
    if (relu6Bounds == null) {
      relu6Bounds = List.of(out.scalar("relu6/min", 0f), out.scalar("relu6/max", 6f));
    }
    return relu6Bounds;
  }

  private void averagePool(AvgPool2d pool, List<String> operands, String output) {
    if (!pool.dilation().equals(Size.square(1))) {
      throw new IllegalArgumentException(output + ": an average pool with dilation needs opset 19");
    }
    out.node(
        "AveragePool",
        output,
        operands,
        Attribute.of("kernel_shape", pool.kernel()),
        Attribute.of("strides", pool.stride()),
        Attribute.pads(pool.padding(), pool.after()),
        Attribute.of("ceil_mode", pool.ceil() ? 1 : 0),
        Attribute.of("count_include_pad", pool.countIncludePad() ? 1 : 0));
  }

  /** Along several axes at once it is a softmax of a matrix. */
  private void softmax(
      Softmax softmax, List<String> operands, String output, Optional<Shape> shape) {
    if (!softmax.toEnd()) {
      out.node(softmax.kind(), output, operands, Attribute.of("axis", softmax.axis()));
      return;
    }
    Shape whole = shape.orElseThrow(() -> new IllegalArgumentException(output + ": of any size"));
    String matrix =
        out.node("Flatten", output + "/matrix", operands, Attribute.of("axis", softmax.axis()));
    String result =
        out.node(softmax.kind(), output + "/softmax", List.of(matrix), Attribute.of("axis", 1));
    out.node("Reshape", output, List.of(result, out.vector(output + "/shape", whole.toArray())));
  }

  /** The sum takes its axes as an input, the others as an attribute. */
  private void reduce(Reduce reduce, List<String> operands, String output) {
    AttributeProto keep = Attribute.of("keepdims", reduce.keepDims() ? 1 : 0);
    if (reduce.axes().isEmpty()) {
      // Without axes ONNX would reduce all; each element is then its own line.
      String axes = out.vector(output + "/axes", new int[0]);
      out.node(
          "ReduceSum",
          output,
          List.of(operands.get(0), axes),
          keep,
          Attribute.of("noop_with_empty_axes", 1));
    } else if (reduce.function() == Reduce.Function.SUM) {
      int[] axes = reduce.axes().stream().mapToInt(Integer::intValue).toArray();
      out.node(
          "ReduceSum", output, List.of(operands.get(0), out.vector(output + "/axes", axes)), keep);
    } else {
      out.node(reduce.kind(), output, operands, keep, Attribute.of("axes", reduce.axes()));
    }
  }

  private static Size notNegative(Size size) {
    return new Size(Math.max(0, size.height()), Math.max(0, size.width()));
  }

  private static Size negative(Size size) {
    return new Size(-size.height(), -size.width());
  }
}
