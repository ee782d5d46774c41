package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Size;
import java.util.Arrays;
import java.util.Locale;

/**
 * The sliding window of a convolution or pool, as its attributes say it.
 *
 * @param kernel extents of the window
 * @param stride from one window to the next
 * @param dilation from one tap to the next
 * @param before padding at the top and left
 * @param after padding at the bottom and right
 * @param same whether the padding hangs on the input's size; {@code before} and {@code after} are 0
 * @param line whether the operator has one dimension
 * @param lower whether the odd element of such a padding goes to the top and left
 */
record Windows(
    Size kernel,
    Size stride,
    Size dilation,
    Size before,
    Size after,
    boolean same,
    boolean line,
    boolean lower) {
  /** Reads the attributes; of a one-dimensional operator, the height is 1. */
  static Windows of(OnnxNode node, long[] kernel) {
    int axes = kernel.length;
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    long[] pads = node.longs("pads", new long[2 * axes]);
    if (pads.length != 2 * axes) {
      throw new IllegalArgumentException("expected " + 2 * axes + " pads, found " + pads.length);
    }
    String auto = node.text("auto_pad", "NOTSET").toUpperCase(Locale.ROOT);
    boolean same = auto.startsWith("SAME");
    boolean none = same || auto.equals("VALID");
    long[] zeros = new long[axes];
    return new Windows(
        OnnxNode.size(kernel, 1),
        OnnxNode.size(node.longs("strides", ones), 1),
        OnnxNode.size(node.longs("dilations", ones), 1),
        OnnxNode.size(none ? zeros : Arrays.copyOf(pads, axes), 0),
        OnnxNode.size(none ? zeros : Arrays.copyOfRange(pads, axes, 2 * axes), 0),
        same,
        axes == 1,
        auto.equals("SAME_LOWER"));
  }

  /** The input padded as the size asks, where it does. */
  Operand padded(OnnxNode node, Translation network, Operand in, float value) {
    return same
        ? network.part(node, new ShapeDependent.PadSame(kernel, stride, dilation, lower, value), in)
        : in;
  }
}
