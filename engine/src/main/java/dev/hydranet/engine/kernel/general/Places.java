package dev.hydranet.engine.kernel.general;

/**
 * Places in a tensor that another tensor, of indices, names: each the first element of a slice.
 *
 * @param data where the places are
 * @param indices that name them
 * @param count how many places
 * @param axis along which an index counts; the first of some axes if the last axis of the indices
 *     holds an index for each
 * @param depth how many axes those are; 0 if an index stands by itself
 */
record Places(View data, View indices, int count, int axis, int depth, boolean single) {
  /** Instead of an index of an array: the place is outside of the tensor. */
  static final int OUTSIDE = -1;

  /** The place of each index, with the index along one axis. */
  static Places elements(int axis, View data, View indices) {
    return new Places(data, indices, indices.elements(), axis, 1, true);
  }

  /** Places in the last axis of the indices, along the axes from {@code batch} on. */
  static Places slices(int batch, View data, View indices) {
    int depth = indices.dims()[indices.rank() - 1];
    int count = 1;
    for (int k = 0; k < indices.rank() - 1; k++) {
      count *= indices.dims()[k];
    }
    return new Places(data, indices, count, batch, depth, false);
  }

  /** How many axes a slice has. */
  int inner() {
    return single ? 0 : data.rank() - axis - depth;
  }

  /** Axes of the indices that count places. */
  private int outerAxes() {
    return single ? indices.rank() : indices.rank() - 1;
  }

  /** The index in the array of the slice that a place begins, or {@link #OUTSIDE}. */
  int at(int place) {
    int index = outer(indices, place);
    int at = data.offset();
    int left = place;
    for (int k = outerAxes() - 1; k >= 0; k--) {
      int along = left % indices.dims()[k];
      left /= indices.dims()[k];
      boolean shared = single ? k != axis : k < axis;
      at += shared ? along * data.strides()[k] : 0;
    }
    for (int k = 0; k < depth; k++) {
      int step = single ? 0 : k * indices.strides()[indices.rank() - 1];
      int taken = (int) indices.data()[index + step];
      int extent = data.dims()[axis + k];
      taken = taken < 0 ? taken + extent : taken;
      if (taken < 0 || taken >= extent) {
        return OUTSIDE;
      }
      at += taken * data.strides()[axis + k];
    }
    return at;
  }

  /** The same for a tensor whose outermost axes count the places. */
  int outer(View view, int place) {
    int at = view.offset();
    int left = place;
    for (int k = outerAxes() - 1; k >= 0; k--) {
      at += left % indices.dims()[k] * view.strides()[k];
      left /= indices.dims()[k];
    }
    return at;
  }

  /** The elements of a slice, from its first one on, along the axes from {@code first} on. */
  int[] slice(View view, int first) {
    int elements = 1;
    for (int k = first; k < view.rank(); k++) {
      elements *= view.dims()[k];
    }
    int[] offsets = new int[elements];
    for (int e = 0; e < elements; e++) {
      int left = e;
      for (int k = view.rank() - 1; k >= first; k--) {
        offsets[e] += left % view.dims()[k] * view.strides()[k];
        left /= view.dims()[k];
      }
    }
    return offsets;
  }
}
