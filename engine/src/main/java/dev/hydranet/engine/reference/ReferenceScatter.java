package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** One update after the other, each at the place that its index says. */
final class ReferenceScatter {
  private ReferenceScatter() {}

  /**
   * @param inputs the data, the indices, the updates
   * @param out of the data's shape
   */
  static void compute(Rearrange.Scatter op, List<Tensor> inputs, Tensor out) {
    Tensor indices = inputs.get(1);
    Tensor updates = inputs.get(2);
    System.arraycopy(inputs.get(0).data(), 0, out.data(), 0, out.data().length);
    int[] strides = Strides.of(out.shape());
    int[] place = new int[updates.shape().rank()];
    for (int i = 0; i < updates.data().length; i++) {
      int[] at =
          op.elements() ? element(op, indices, i, place) : slice(indices, place, out.shape());
      if (isInside(at, out.shape())) {
        int to = Strides.index(at, strides);
        out.data()[to] = op.function().of(out.data()[to], updates.data()[i]);
      }
      Strides.next(place, updates.shape());
    }
  }

  private static int[] element(Rearrange.Scatter op, Tensor indices, int i, int[] place) {
    int[] at = place.clone();
    at[op.axis() < 0 ? op.axis() + at.length : op.axis()] = (int) indices.data()[i];
    return at;
  }

  /** The outer axes of an update's place say which index, the others where in the slice. */
  private static int[] slice(Tensor indices, int[] place, Shape data) {
    int outer = indices.shape().rank() - 1;
    int depth = indices.shape().dim(outer);
    int[] row = new int[outer + 1];
    System.arraycopy(place, 0, row, 0, outer);
    int[] at = new int[data.rank()];
    for (int k = 0; k < depth; k++) {
      row[outer] = k;
      at[k] = (int) indices.data()[Strides.index(row, Strides.of(indices.shape()))];
    }
    System.arraycopy(place, outer, at, depth, at.length - depth);
    return at;
  }

  /** Makes indices below 0 count from the end. */
  private static boolean isInside(int[] at, Shape shape) {
    boolean inside = true;
    for (int axis = 0; axis < at.length; axis++) {
      at[axis] += at[axis] < 0 ? shape.dim(axis) : 0;
      inside &= at[axis] >= 0 && at[axis] < shape.dim(axis);
    }
    return inside;
  }
}
