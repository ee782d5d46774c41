package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Convolutions, forward and transposed, of one and two dimensions. */
final class Convolutions {
  private static final String LIMITS = "1-D and 2-D";

  private Convolutions() {}

  static void register(Operators.Registry registry) {
    registry.add("Conv", LIMITS, Convolutions::forward);
    registry.add("ConvTranspose", LIMITS, Convolutions::transposed);
  }

  private static void forward(OnnxNode node, Translation network) {
    if (!node.input(1).isConstant()) {
      ComputedFilters.forward(node, network);
      return;
    }
    Tensor weight = parameter(node, 1);
    Windows windows = Windows.of(node, kernel(node, node.input(1)));
    int groups = node.integer("group", 1);
    boolean bias = hasConstantBias(node);
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
            bias);
    if (windows.line() || bias != node.has(2)) {
      finish(
          node,
          network,
          image ->
              network.withParameters(
                  node,
                  op,
                  node.input(1).name(),
                  filters(node, bias),
                  windows.padded(node, network, image, 0)));
    } else {
      network.output(
          node,
          op,
          node.input(1).name(),
          filters(node, bias),
          windows.padded(node, network, node.input(0), 0));
    }
  }

  private static void transposed(OnnxNode node, Translation network) {
    long[] kernel = kernel(node, node.input(1));
    Windows windows = Windows.of(node, kernel);
    Size extra = OnnxNode.size(node.longs("output_padding", new long[kernel.length]), 0);
    boolean cropped = node.hasAttribute("output_shape") || windows.same();
    Size after =
        cropped
            ? new Size(-extra.height(), -extra.width())
            : new Size(
                windows.after().height() - extra.height(), windows.after().width() - extra.width());
    Size before = cropped ? Size.square(0) : windows.before();
    if (!node.input(1).isConstant()) {
      ComputedFilters.transposed(
          node,
          network,
          windows,
          before,
          after,
          image -> cropped(node, network, windows, extra, image));
      return;
    }
    Tensor weight = parameter(node, 1);
    int groups = node.integer("group", 1);
    boolean bias = hasConstantBias(node);
    Op op =
        new ConvTranspose2d(
            weight.shape().dim(0),
            Math.multiplyExact(weight.shape().dim(1), groups),
            windows.kernel(),
            windows.stride(),
            before,
            after,
            windows.dilation(),
            groups,
            bias);
    if (windows.line() || bias != node.has(2) || cropped) {
      finish(
          node,
          network,
          image ->
              cropped(
                  node,
                  network,
                  windows,
                  extra,
                  network.withParameters(
                      node, op, node.input(1).name(), filters(node, bias), image)));
    } else {
      network.output(node, op, node.input(1).name(), filters(node, bias), node.input(0));
    }
  }

  /** Crops a transposed convolution's full output to the requested shape, if there is one. */
  private static Operand cropped(
      OnnxNode node, Translation network, Windows windows, Size extra, Operand whole) {
    if (!node.hasAttribute("output_shape") && !windows.same()) {
      return whole;
    }
    List<Integer> target = List.of();
    if (node.hasAttribute("output_shape")) {
      long[] shape = node.longs("output_shape");
      int axes = windows.line() ? 1 : 2;
      // Some models give batch and channels, too.
      Size size = OnnxNode.size(Arrays.copyOfRange(shape, shape.length - axes, shape.length), 1);
      target = List.of(size.height(), size.width());
    }
    Size more =
        new Size(
            span(windows.kernel().height(), windows.dilation().height())
                - windows.stride().height()
                + extra.height(),
            span(windows.kernel().width(), windows.dilation().width())
                - windows.stride().width()
                + extra.width());
    boolean upper = windows.same() && !windows.lower();
    return network.part(
        node, new ShapeDependent.CropTo(target, windows.stride(), more, upper), whole);
  }

  private static int span(int kernel, int dilation) {
    return (kernel - 1) * dilation + 1;
  }

  private static boolean hasConstantBias(OnnxNode node) {
    return node.has(2) && node.input(2).isConstant();
  }

  /** The parameters of an operator on images: filters of lines get a height of 1. */
  private static List<Tensor> filters(OnnxNode node, boolean bias) {
    Tensor weight = parameter(node, 1);
    Shape shape = weight.shape();
    Tensor filters =
        shape.rank() == 3
            ? weight.reshape(Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2)))
            : weight;
    return bias ? List.of(filters, parameter(node, 2)) : List.of(filters);
  }

  /** Defines the node's output by an operator on images, and adds a bias that is computed. */
  private static void finish(
      OnnxNode node, Translation network, Function<Operand, Operand> onImages) {
    boolean line = parameter(node, 1).shape().rank() == 3;
    boolean added = node.has(2) && !node.input(2).isConstant();
    Operand in = node.input(0);
    if (added) {
      Operand sums = line ? OneDimension.part(node, network, in, onImages) : onImages.apply(in);
      addBias(node, network, sums, line ? 1 : 2);
    } else if (line) {
      OneDimension.output(node, network, in, onImages);
    } else {
      network.define(node.output(0), onImages.apply(in));
    }
  }

  /** Adds the third input, one number for each channel, to the sums. */
  static void addBias(OnnxNode node, Translation network, Operand sums, int innerAxes) {
    long[] axes = innerAxes == 1 ? new long[] {1} : new long[] {1, 2};
    Operand column =
        network.part(
            node,
            new ShapeDependent.Unsqueeze(),
            node.input(2),
            Reshaping.numbers(node, "biasAxes", axes));
    network.output(node, new Elementwise.Binary(Elementwise.Binary.Function.ADD), sums, column);
  }

  /** A constant input. */
  static Tensor parameter(OnnxNode node, int input) {
    if (!node.input(input).isConstant()) {
      throw node.unsupported("input '" + node.input(input).name() + "' is not constant");
    }
    return node.input(input).constant();
  }

  /** The extents of the filters: an attribute, or else those of the weight. */
  static long[] kernel(OnnxNode node, Operand weight) {
    List<Integer> extents = weight.knownExtents();
    int axes =
        node.hasAttribute("kernel_shape")
            ? node.longs("kernel_shape").length
            : extents == null ? 0 : extents.size() - 2;
    if (axes == 0) {
      throw node.unsupported("a computed weight without kernel_shape");
    }
    if (axes != 1 && axes != 2) {
      throw node.unsupported(axes + " spatial axes: only 1-D and 2-D are supported");
    }
    if (node.hasAttribute("kernel_shape")) {
      return node.longs("kernel_shape");
    }
    long[] kernel = extents.subList(2, extents.size()).stream().mapToLong(e -> e).toArray();
    if (Arrays.stream(kernel).anyMatch(extent -> extent < 0)) {
      throw node.unsupported("a weight of open shape without kernel_shape");
    }
    return kernel;
  }
}
