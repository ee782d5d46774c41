package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.tensor.Tensor;

/** The index along an axis of a NaN, or without one of the largest or smallest number. */
final class ReferenceArgMax {
  private ReferenceArgMax() {}

  /**
   * @param in {@code [..., classes, ...]}
   * @param out the same without the axis, or with 1 for it
   */
  static void compute(ArgMax op, Tensor in, Tensor out) {
    Lines lines = Lines.along(op.axis(), in.shape());
    for (int i = 0; i < lines.count(); i++) {
      out.data()[i] = argMax(op, in.data(), lines.start(i), lines.length(), lines.step());
    }
  }

  private static int argMax(ArgMax op, float[] in, int start, int length, int step) {
    int best = 0;
    for (int c = 1; c < length; c++) {
      float x = in[start + c * step];
      float y = in[start + best * step];
      boolean beyond = Float.isNaN(x) ? !Float.isNaN(y) : op.smallest() ? x < y : x > y;
      boolean equal = x == y || (Float.isNaN(x) && Float.isNaN(y));
      if (beyond || (op.last() && equal)) {
        best = c;
      }
    }
    return best;
  }
}
