package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The mean under a sliding window.
 *
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

  /** A square window whose padding counts, as PyTorch has it. */
  public static AvgPool2d of(int kernel, int stride, int padding) {
    return new AvgPool2d(Size.square(kernel), Size.square(stride), Size.square(padding), true);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.pooled(Inputs.one(inputs), kernel, stride, padding);
  }
}
