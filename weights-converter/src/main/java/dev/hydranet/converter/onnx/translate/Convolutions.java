package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Convolutions, forward and transposed, of one and two dimensions. */
final class Convolutions {
  private static final String LIMITS = "1-D and 2-D; constant weight and bias";

  private Convolutions() {}

  static void register(Operators.Registry registry) {
    registry.add("Conv", LIMITS, Convolutions::forward);
    registry.add("ConvTranspose", LIMITS + "; no output_shape", Convolutions::transposed);
  }

  private static void forward(OnnxNode node, Translation network) {
    Tensor weight = parameter(node, 1);
    Windows windows = Windows.of(node, kernel(node, weight));
    int groups = node.integer("group", 1);
    Op op =
        new Conv2d(
            Math.multiplyExact(weight.shape().dim(1), groups),
            weight.shape().dim(0),
            windows.kernel(),
            windows.stride(),
            windows.before(),
            windows.after(),
            windows.dilation(),
            groups,
            node.has(2));
    output(node, network, op, windows, weight);
  }

  private static void transposed(OnnxNode node, Translation network) {
    Tensor weight = parameter(node, 1);
    long[] kernel = kernel(node, weight);
    Windows windows = Windows.of(node, kernel);
    if (node.hasAttribute("output_shape") || windows.same()) {
      throw node.unsupported("output_shape or auto_pad SAME");
    }
    Size extra = OnnxNode.size(node.longs("output_padding", new long[kernel.length]), 0);
    Size after =
        new Size(
            windows.after().height() - extra.height(), windows.after().width() - extra.width());
    int groups = node.integer("group", 1);
    Op op =
        new ConvTranspose2d(
            weight.shape().dim(0),
            Math.multiplyExact(weight.shape().dim(1), groups),
            windows.kernel(),
            windows.stride(),
            windows.before(),
            after,
            windows.dilation(),
            groups,
            node.has(2));
    output(node, network, op, windows, weight);
  }

  private static void output(
      OnnxNode node, Translation network, Op op, Windows windows, Tensor weight) {
    boolean line = weight.shape().rank() == 3;
    Shape shape = weight.shape();
    Tensor filters =
        line ? weight.reshape(Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2))) : weight;
    List<Tensor> parameters = node.has(2) ? List.of(filters, parameter(node, 2)) : List.of(filters);
    String name = node.input(1).name();
    if (line) {
      OneDimension.output(
          node,
          network,
          node.input(0),
          image ->
              network.withParameters(
                  node, op, name, parameters, windows.padded(node, network, image, 0)));
    } else {
      network.output(node, op, name, parameters, windows.padded(node, network, node.input(0), 0));
    }
  }

  /** A constant input. */
  static Tensor parameter(OnnxNode node, int input) {
    if (!node.input(input).isConstant()) {
      throw node.unsupported("input '" + node.input(input).name() + "' is not constant");
    }
    return node.input(input).constant();
  }

  private static long[] kernel(OnnxNode node, Tensor weight) {
    int[] dims = weight.shape().toArray();
    if (dims.length != 3 && dims.length != 4) {
      throw node.unsupported(
          "a weight of shape " + weight.shape() + ": only 1-D and 2-D are supported");
    }
    return node.longs("kernel_shape", Arrays.stream(dims, 2, dims.length).asLongStream().toArray());
  }
}
