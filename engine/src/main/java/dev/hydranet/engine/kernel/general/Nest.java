package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Parts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The loops over the elements of tensors of equal extents, in the order in which the first of them,
 * the output, lies in memory: a row is the innermost loop. Axes that lie behind each other in all
 * tensors are one loop.
 */
final class Nest {
  /** Elements that are worth a part. */
  private static final int PART = 4096;

  private final int[] dims;
  private final int[][] strides; // [tensor][loop]
  private final View[] views;
  private final Parts parts;

  /**
   * For some tensors.
   *
   * @param views the output first; all of its extents
   */
  Nest(View... views) {
    this.views = views;
    List<int[]> loops = new ArrayList<>(); // extent, then a stride for each tensor
    View out = views[0];
    for (int axis = 0; axis < out.rank(); axis++) {
      if (out.dims()[axis] != 1) {
        int[] loop = new int[views.length + 1];
        loop[0] = out.dims()[axis];
        for (int v = 0; v < views.length; v++) {
          loop[v + 1] = views[v].strides()[axis];
        }
        loops.add(loop);
      }
    }
    loops.sort(Comparator.comparingInt((int[] loop) -> loop[1]).reversed());
    List<int[]> merged = new ArrayList<>();
    for (int[] loop : loops) {
      if (!merged.isEmpty() && continues(merged.getLast(), loop)) {
        int[] outer = merged.removeLast();
        loop[0] *= outer[0];
      }
      merged.add(loop);
    }
    if (merged.isEmpty()) {
      int[] one = new int[views.length + 1];
      one[0] = 1;
      merged.add(one);
    }
    dims = merged.stream().mapToInt(loop -> loop[0]).toArray();
    strides = new int[views.length][dims.length];
    for (int i = 0; i < dims.length; i++) {
      for (int v = 0; v < views.length; v++) {
        strides[v][i] = merged.get(i)[v + 1];
      }
    }
    int rows = 1;
    for (int i = 0; i < dims.length - 1; i++) {
      rows *= dims[i];
    }
    parts = Parts.of(rows, Math.max(1, PART / Math.max(1, length())), 1);
  }

  private static boolean continues(int[] outer, int[] inner) {
    for (int v = 1; v < outer.length; v++) {
      if (outer[v] != inner[v] * inner[0]) {
        return false;
      }
    }
    return true;
  }

  Parts parts() {
    return parts;
  }

  /** Elements of a row. */
  int length() {
    return dims[dims.length - 1];
  }

  /** How far apart the elements of a row are in one tensor. */
  int step(int tensor) {
    return strides[tensor][dims.length - 1];
  }

  /** The index of a row's first element in one tensor. */
  int at(int tensor, int row) {
    int index = views[tensor].offset();
    int left = row;
    for (int loop = dims.length - 2; loop >= 0; loop--) {
      index += left % dims[loop] * strides[tensor][loop];
      left /= dims[loop];
    }
    return index;
  }
}
