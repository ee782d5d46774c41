package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The mean under a sliding window.
 *
 * @param kernel the window, at least 1 each way
 * @param stride from one window to the next, at least 1
 * @param padding at the top and left, at least 0, less than the kernel
 * @param after padding at the bottom and right, likewise
 * @param dilation pixels from one tap to the next, at least 1
 * @param ceil whether a last window that sticks out at the end counts, if it begins inside
 * @param countIncludePad whether the zeros of the padding count as elements; PyTorch's default is
 *     true. What sticks out beyond the padding never counts
 */
public record AvgPool2d(
    Size kernel,
    Size stride,
    Size padding,
    Size after,
    Size dilation,
    boolean ceil,
    boolean countIncludePad)
    implements Op {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public AvgPool2d {
    Inputs.positive("kernel", kernel);
    Inputs.positive("stride", stride);
    Inputs.notNegative("padding", padding);
    Inputs.notNegative("padding", after);
    Inputs.positive("dilation", dilation);
    Size span = Inputs.span(kernel, dilation);
    Inputs.lessThan(padding, span);
    Inputs.lessThan(after, span);
  }

  /**
   * A window without dilation, padded alike on every side.
   *
   * @param kernel the window, at least 1 each way
   * @param stride from one window to the next, at least 1
   * @param padding on every side, at least 0, less than the kernel
   * @param countIncludePad whether the zeros of the padding count as elements
   */
  public AvgPool2d(Size kernel, Size stride, Size padding, boolean countIncludePad) {
    this(kernel, stride, padding, padding, Size.square(1), false, countIncludePad);
  }

  /**
   * {@return a square window whose padding counts, as PyTorch has it}
   *
   * @param kernel the window's side in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding pixels on every side, from 0 to half the kernel
   */
  public static AvgPool2d of(int kernel, int stride, int padding) {
    return new AvgPool2d(Size.square(kernel), Size.square(stride), Size.square(padding), true);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.pooled(Inputs.one(inputs), kernel, stride, padding, after, dilation, ceil);
  }

  @Override
  public long summands(List<Shape> inputs) {
    return (long) kernel.height() * kernel.width();
  }
}
