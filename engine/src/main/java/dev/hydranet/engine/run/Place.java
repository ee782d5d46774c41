package dev.hydranet.engine.run;

import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.general.View;
import dev.hydranet.engine.tensor.Shape;

/**
 * Where a value lies in a session's memory. An image, which has rank 4, lies with its channels
 * innermost. All other values lie as they are, row-major: to kernels that work on pixels, each line
 * along the last axis is a pixel with as many channels. So do values of rank 4 that {@link Layouts}
 * holds for no images.
 *
 * @param nhwc as kernels that work on pixels take it
 * @param shape of the value
 * @param isImage whether it lies as an image
 */
public record Place(Nhwc nhwc, Shape shape, boolean isImage) {
  /** How many floats of a pixel carry values. */
  static int channels(Shape shape, boolean isImage) {
    return isImage ? shape.channels() : shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
  }

  /** Batch, height and width; without an image, the pixels are a batch. */
  static long[] extents(Shape shape, boolean isImage) {
    if (isImage) {
      return new long[] {shape.batch(), shape.height(), shape.width()};
    }
    long lines = 1;
    for (int axis = 0; axis < shape.rank() - 1; axis++) {
      lines *= shape.dim(axis);
    }
    return new long[] {lines, 1, 1};
  }

  /** As kernels that take tensors of any rank have it. */
  public View view() {
    return isImage ? View.image(nhwc) : View.rows(nhwc, shape);
  }

  /** Whether dimension 1 is innermost in memory. */
  public boolean hasChannelsInnermost() {
    return isImage || shape.rank() == 2;
  }
}
