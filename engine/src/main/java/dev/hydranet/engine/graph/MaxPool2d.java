package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The largest value under a sliding window. Padding is -infinity, so that borders see real pixels
 * only; a window with a NaN gives NaN, as in PyTorch.
 *
 * @param kernel the window, at least 1 each way
 * @param stride from one window to the next, at least 1
 * @param padding on every side, from 0 to half the kernel
 */
public record MaxPool2d(Size kernel, Size stride, Size padding) implements Op {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range, or the padding is more than half the
   *     kernel, which would make windows without a single pixel
   */
  public MaxPool2d {
    Inputs.positive("kernel", kernel);
    Inputs.positive("stride", stride);
    Inputs.notNegative("padding", padding);
    Inputs.atMostHalf(padding, kernel);
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
    return Inputs.pooled(Inputs.one(inputs), kernel, stride, padding);
  }
}
