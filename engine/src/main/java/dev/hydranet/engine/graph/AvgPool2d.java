package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The mean under a sliding window.
 *
 * @param kernel the window, at least 1 each way
 * @param stride from one window to the next, at least 1
 * @param padding on every side, from 0 to half the kernel
 * @param countIncludePad whether the zeros of the padding count as elements; PyTorch's default is
 *     true
 */
public record AvgPool2d(Size kernel, Size stride, Size padding, boolean countIncludePad)
    implements Op {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range, or the padding is more than half the
   *     kernel
   */
  public AvgPool2d {
    Inputs.positive("kernel", kernel);
    Inputs.positive("stride", stride);
    Inputs.notNegative("padding", padding);
    Inputs.atMostHalf(padding, kernel);
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
    return Inputs.pooled(Inputs.one(inputs), kernel, stride, padding);
  }

  @Override
  public long summands(List<Shape> inputs) {
    return (long) kernel.height() * kernel.width();
  }
}
