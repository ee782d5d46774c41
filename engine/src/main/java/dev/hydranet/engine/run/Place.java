package dev.hydranet.engine.run;

import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.general.View;
import dev.hydranet.engine.tensor.Shape;

/**
 * Where a value lies in a session's memory. Images, which have rank 4, lie with their channels
 * innermost. All others lie as they are, row-major: to kernels that work on pixels, each line along
 * the last axis is a pixel with as many channels.
 *
 * @param nhwc as kernels that work on pixels take it
 * @param shape of the value
 */
public record Place(Nhwc nhwc, Shape shape) {
  /** Whether a value lies as an image. */
  static boolean isImage(Shape shape) {
    return shape.rank() == 4;
  }

  /** How many floats of a pixel carry values. */
  static int channels(Shape shape) {
    return isImage(shape) ? shape.channels() : shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
  }

  /** Batch, height and width; without an image, the pixels are a batch. */
  static long[] extents(Shape shape) {
    if (isImage(shape)) {
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
    return isImage(shape) ? View.image(nhwc) : View.rows(nhwc, shape);
  }
}
