package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/** Along one axis after the other; each element is the weighted sum of a few of the input's. */
final class ReferenceResize {
  private ReferenceResize() {}

  /**
   * @param in of any shape
   * @param out of the operator's shape
   */
  static void compute(Resize op, Tensor in, Tensor out) {
    double[] values = new double[in.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.data()[i];
    }
    int[] dims = in.shape().toArray();
    for (int axis = 0; axis < dims.length; axis++) {
      if (!op.keeps(axis, dims[axis])) {
        values = along(axis, op.taps(axis, dims[axis]), values, dims);
        dims[axis] = op.dims().get(axis);
      }
    }
    for (int i = 0; i < values.length; i++) {
      out.data()[i] = (float) values[i];
    }
    for (int axis = 0; axis < dims.length; axis++) {
      if (!op.keeps(axis, in.shape().dim(axis))) {
        outside(op, axis, op.taps(axis, in.shape().dim(axis)), out);
      }
    }
  }

  /** Elements made of nothing along one axis are the constant. */
  private static void outside(Resize op, int axis, Resize.Taps taps, Tensor out) {
    int stride = Strides.of(out.shape())[axis];
    for (int i = 0; i < out.data().length; i++) {
      if (taps.indices()[i / stride % taps.indices().length].length == 0) {
        out.data()[i] = op.outside();
      }
    }
  }

  private static double[] along(int axis, Resize.Taps taps, double[] in, int[] dims) {
    int[] inner = Strides.of(Shape.of(dims));
    int stride = inner[axis];
    int extent = taps.indices().length;
    int outer = in.length / Math.max(1, stride * dims[axis]);
    double[] out = new double[outer * extent * stride];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < extent; i++) {
        for (int s = 0; s < stride; s++) {
          double sum = 0;
          for (int k = 0; k < taps.indices()[i].length; k++) {
            float weight = taps.weights()[i][k];
            // A neighbour without weight has no part in it, even if it is infinite.
            if (weight != 0) {
              sum += weight * in[(o * dims[axis] + taps.indices()[i][k]) * stride + s];
            }
          }
          out[(o * extent + i) * stride + s] = sum;
        }
      }
    }
    return out;
  }
}
