package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The largest value under a sliding window. Padding is -infinity, so that borders see real pixels
 * only; a window with a NaN gives NaN, as in PyTorch.
 *
 * @param kernel the window, at least 1 each way
 * @param stride from one window to the next, at least 1
 * @param padding at the top and left, from 0 to half the window's span
 * @param after padding at the bottom and right, likewise
 * @param dilation pixels from one tap to the next, at least 1
 * @param ceil whether a last window that sticks out at the end counts, if it begins inside
 */
public record MaxPool2d(
    Size kernel, Size stride, Size padding, Size after, Size dilation, boolean ceil) implements Op {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range, or the padding is so large that a
   *     window would see no pixel
   */
  public MaxPool2d {
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
   * @param padding on every side, from 0 to half the kernel
   */
  public MaxPool2d(Size kernel, Size stride, Size padding) {
    this(kernel, stride, padding, padding, Size.square(1), false);
  }

  /**
   * {@return a square window}
   *
   * @param kernel the window's side in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding pixels on every side, from 0 to half the kernel
   */
  public static MaxPool2d of(int kernel, int stride, int padding) {
    return new MaxPool2d(Size.square(kernel), Size.square(stride), Size.square(padding));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.pooled(Inputs.one(inputs), kernel, stride, padding, after, dilation, ceil);
  }
}
