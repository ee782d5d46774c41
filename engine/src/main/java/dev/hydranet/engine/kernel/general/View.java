package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.tensor.Shape;

/**
 * A tensor of any rank in a session's memory. Element (i, j, ...) is {@code data[offset + i *
 * strides[0] + j * strides[1] + ...]}, whatever the order in which axes lie in memory.
 *
 * @param data the array
 * @param offset the index of the first element
 * @param dims extents, outermost first
 * @param strides for each axis, floats from one element to the next
 */
public record View(float[] data, int offset, int[] dims, int[] strides) {
  /** An image tensor with channels innermost, as {@code [N, C, H, W]}. */
  public static View image(Nhwc place) {
    int pixel = place.stride();
    int row = pixel * place.width();
    return new View(
        place.data(),
        place.offset(),
        new int[] {place.batch(), place.channels(), place.height(), place.width()},
        new int[] {row * place.height(), 1, row, pixel});
  }

  /** A tensor whose last axis is innermost; the place's channels are that axis. */
  public static View rows(Nhwc place, Shape shape) {
    int[] dims = shape.toArray();
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = axis == dims.length - 1 ? place.stride() : stride * dims[axis];
    }
    return new View(place.data(), place.offset(), dims, strides);
  }

  /** A row-major tensor without gaps. */
  public static View dense(float[] data, int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
    return new View(data, 0, dims, strides);
  }

  int rank() {
    return dims.length;
  }

  /** Number of elements. */
  int elements() {
    int elements = 1;
    for (int dim : dims) {
      elements *= dim;
    }
    return elements;
  }

  /** This tensor broadcast to other extents: with stride 0 along axes that are repeated. */
  View broadcast(int[] to) {
    int[] wide = new int[to.length];
    for (int i = 0; i < dims.length; i++) {
      wide[to.length - dims.length + i] = dims[i] == 1 ? 0 : strides[i];
    }
    return new View(data, offset, to, wide);
  }
}
