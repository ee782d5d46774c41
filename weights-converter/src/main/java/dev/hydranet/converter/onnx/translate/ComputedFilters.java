package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Size;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Convolutions with filters that are computed or an input of the model. They multiply the filter
 * matrix by the pixels under each window. A transposed convolution puts zeros between the pixels
 * and around the image, and convolves the result with flipped filters.
 */
final class ComputedFilters {
  private ComputedFilters() {}

  static void forward(OnnxNode node, Translation network) {
    Windows windows = Windows.of(node, Convolutions.kernel(node, node.input(1)));
    Operand filters = filters(node, network, windows);
    Operand image = image(node, network, windows);
    Operand padded =
        windows.same()
            ? windows.padded(node, network, image, 0)
            : pad(node, network, image, windows.before(), windows.after());
    finish(
        node,
        network,
        windows,
        convolved(
            node,
            network,
            padded,
            filters,
            windows.kernel(),
            windows.stride(),
            windows.dilation()));
  }

  /**
   * A transposed convolution.
   *
   * @param before rows and columns cut off at the top and left
   * @param after rows and columns cut off at the bottom and right; negative to add some
   * @param cropped applied to the resulting image
   */
  static void transposed(
      OnnxNode node,
      Translation network,
      Windows windows,
      Size before,
      Size after,
      UnaryOperator<Operand> cropped) {
    Size stride = windows.stride();
    Size reach =
        new Size(
            (windows.kernel().height() - 1) * windows.dilation().height(),
            (windows.kernel().width() - 1) * windows.dilation().width());
    Operand spread = spread(node, network, image(node, network, windows), stride);
    Operand padded =
        pad(
            node,
            network,
            spread,
            new Size(reach.height() - before.height(), reach.width() - before.width()),
            // Zeros follow the last pixel, too.
            new Size(
                reach.height() - after.height() - (stride.height() - 1),
                reach.width() - after.width() - (stride.width() - 1)));
    Operand turned = turned(node, network, filters(node, network, windows));
    finish(
        node,
        network,
        windows,
        cropped.apply(
            convolved(
                node,
                network,
                padded,
                turned,
                windows.kernel(),
                Size.square(1),
                windows.dilation())));
  }

  private static Operand image(OnnxNode node, Translation network, Windows windows) {
    return windows.line() ? OneDimension.image(node, network, node.input(0)) : node.input(0);
  }

  private static Operand filters(OnnxNode node, Translation network, Windows windows) {
    return windows.line() ? OneDimension.image(node, network, node.input(1)) : node.input(1);
  }

  private static void finish(OnnxNode node, Translation network, Windows windows, Operand image) {
    Operand sums = windows.line() ? OneDimension.line(node, network, image) : image;
    if (node.has(2)) {
      Convolutions.addBias(node, network, sums, windows.line() ? 1 : 2);
    } else {
      network.define(node.output(0), sums);
    }
  }

  private static Operand pad(
      OnnxNode node, Translation network, Operand image, Size before, Size after) {
    Operand pads =
        Reshaping.numbers(
            node,
            "pads",
            0,
            0,
            before.height(),
            before.width(),
            0,
            0,
            after.height(),
            after.width());
    return network.part(
        node, new ShapeDependent.PadBy(Rearrange.Pad.Mode.CONSTANT, false, false), image, pads);
  }

  /**
   * A convolution without padding.
   *
   * @param image {@code [N, C, H, W]}
   * @param filters {@code [O, C / groups, kernel.height, kernel.width]}
   * @return {@code [N, O, H', W']}
   */
  private static Operand convolved(
      OnnxNode node,
      Translation network,
      Operand image,
      Operand filters,
      Size kernel,
      Size stride,
      Size dilation) {
    Operand groups = Reshaping.numbers(node, "groups", node.integer("group", 1));
    Operand open = Reshaping.numbers(node, "open", -1);
    // [N, C, kernel.height, kernel.width, H', W']
    Operand windows = network.part(node, new Rearrange.Windows(kernel, stride, dilation), image);
    Operand places =
        network.part(
            node,
            new ShapeDependent.FlattenAt(4),
            windows); // [N * C * kernel.height * kernel.width, H' * W']
    Operand batch = extents(node, network, windows, 0, 1);
    Operand columns = // [N, groups, C / groups * kernel.height * kernel.width, H' * W']
        reshape(node, network, places, batch, groups, open, extents(node, network, places, 1, 2));
    Operand rows = // [groups, O / groups, C / groups * kernel.height * kernel.width]
        reshape(node, network, filters, groups, open, extents(node, network, columns, 2, 3));
    Operand product = network.part(node, new MatMul(), rows, columns);
    return reshape(node, network, product, batch, open, extents(node, network, windows, 4, 6));
  }

  private static Operand extents(
      OnnxNode node, Translation network, Operand in, int begin, int end) {
    return network.part(node, new ShapeDependent.ShapeOf(begin, end), in);
  }

  private static Operand reshape(OnnxNode node, Translation network, Operand in, Operand... dims) {
    Operand shape = network.part(node, new Concat(0), dims);
    return network.part(node, new ShapeDependent.ReshapeTo(true), in, shape);
  }

  /** Inserts zeros between the pixels, and as many after the last one. */
  private static Operand spread(OnnxNode node, Translation network, Operand image, Size stride) {
    if (stride.equals(Size.square(1))) {
      return image;
    }
    Operand axes = Reshaping.numbers(node, "axes", 3, 5);
    Operand apart = // [N, C, H, 1, W, 1]
        network.part(node, new ShapeDependent.Unsqueeze(), image, axes);
    Operand pads =
        Reshaping.numbers(
            node, "zeros", 0, 0, 0, 0, 0, 0, 0, 0, 0, stride.height() - 1, 0, stride.width() - 1);
    Operand filled =
        network.part(
            node, new ShapeDependent.PadBy(Rearrange.Pad.Mode.CONSTANT, false, false), apart, pads);
    Operand height = times(node, network, extents(node, network, image, 2, 3), stride.height());
    Operand width = times(node, network, extents(node, network, image, 3, 4), stride.width());
    return reshape(node, network, filled, extents(node, network, image, 0, 2), height, width);
  }

  private static Operand times(OnnxNode node, Translation network, Operand extent, int factor) {
    return network.part(
        node,
        new Elementwise.Binary(Elementwise.Binary.Function.MUL),
        extent,
        Reshaping.numbers(node, "factor", factor));
  }

  /**
   * Turns filters {@code [C, O / groups, kernel.height, kernel.width]} of a transposed convolution
   * into flipped {@code [O, C / groups, kernel.height, kernel.width]} ones of a convolution.
   */
  private static Operand turned(OnnxNode node, Translation network, Operand filters) {
    Operand backwards =
        network.part(
            node,
            new ShapeDependent.SliceBy(true, true),
            filters,
            Reshaping.numbers(node, "begins", -1, -1),
            Reshaping.numbers(node, "ends", Integer.MIN_VALUE, Integer.MIN_VALUE),
            Reshaping.numbers(node, "turnedAxes", 2, 3),
            Reshaping.numbers(node, "steps", -1, -1));
    Operand inner = extents(node, network, filters, 1, 4);
    Operand groups = Reshaping.numbers(node, "groups", node.integer("group", 1));
    Operand open = Reshaping.numbers(node, "open", -1);
    Operand split = // [groups, C / groups, O / groups, kernel.height, kernel.width]
        reshape(node, network, backwards, groups, open, inner);
    Operand swapped = network.part(node, new Rearrange.Transpose(List.of(0, 2, 1, 3, 4)), split);
    return reshape(
        node,
        network,
        swapped,
        open,
        extents(node, network, split, 1, 2),
        extents(node, network, filters, 2, 4));
  }
}
