package dev.hydranet.engine.kernel.general;

/**
 * The elements along some axes of a tensor: a line for each place along the other axes.
 *
 * @param starts for each line the index of its first element, less the tensor's offset
 * @param offsets of a line's elements from its first
 */
record Lines(int[] starts, int[] offsets) {
  /** The lines along the axes that {@code along} says; the others' places are row-major. */
  static Lines of(View view, boolean[] along) {
    return new Lines(places(view, along, false), places(view, along, true));
  }

  /** The lines along an axis; below 0 it counts from the last. */
  static Lines along(View view, int axis) {
    boolean[] along = new boolean[view.rank()];
    along[axis < 0 ? axis + view.rank() : axis] = true;
    return of(view, along);
  }

  private static int[] places(View view, boolean[] along, boolean wanted) {
    int count = 1;
    for (int axis = 0; axis < view.rank(); axis++) {
      count *= along[axis] == wanted ? view.dims()[axis] : 1;
    }
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      int left = i;
      for (int axis = view.rank() - 1; axis >= 0; axis--) {
        if (along[axis] == wanted) {
          places[i] += left % view.dims()[axis] * view.strides()[axis];
          left /= view.dims()[axis];
        }
      }
    }
    return places;
  }
}
