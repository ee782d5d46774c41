package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Shape;

/** Where elements lie in a row-major array. */
final class Strides {
  private Strides() {}

  /** How many elements apart neighbours along each axis are. */
  static int[] of(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dim(axis);
    }
    return strides;
  }

  /** The same for a tensor that is broadcast to a shape: 0 along an axis that is repeated. */
  static int[] broadcast(Shape in, Shape out) {
    int[] own = of(in);
    int[] strides = new int[out.rank()];
    for (int i = 0; i < in.rank(); i++) {
      int axis = out.rank() - in.rank() + i;
      strides[axis] = in.dim(i) == 1 ? 0 : own[i];
    }
    return strides;
  }

  /** Steps a place to the next one, row-major. */
  static void next(int[] place, Shape shape) {
    for (int axis = place.length - 1; axis >= 0; axis--) {
      place[axis]++;
      if (place[axis] < shape.dim(axis)) {
        return;
      }
      place[axis] = 0;
    }
  }

  /** The index of a place. */
  static int index(int[] place, int[] strides) {
    int index = 0;
    for (int axis = 0; axis < place.length; axis++) {
      index += place[axis] * strides[axis];
    }
    return index;
  }
}
