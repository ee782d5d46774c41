package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The largest value under a sliding window. Padding is -infinity, so that borders see real pixels
 * only; a window with a NaN gives NaN, as in PyTorch.
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

  /** A square window. */
  public static MaxPool2d of(int kernel, int stride, int padding) {
    return new MaxPool2d(Size.square(kernel), Size.square(stride), Size.square(padding));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.pooled(Inputs.one(inputs), kernel, stride, padding);
  }
}
