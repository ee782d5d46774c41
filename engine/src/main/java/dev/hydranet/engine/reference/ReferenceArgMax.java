package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * @param in of any shape
   * @param out with as many elements along the axis as are wanted
   */
  static void compute(ArgMax.Largest op, Tensor in, Tensor out) {
    int axis = op.axis() < 0 ? op.axis() + in.shape().rank() : op.axis();
    int extent = in.shape().dim(axis);
    int stride = Strides.of(in.shape())[axis];
    for (int start = 0; start < in.data().length; start++) {
      if (start / stride % extent == 0) {
        int line = start / (stride * extent) * stride * op.count() + start % stride;
        List<Integer> places = sorted(op, in, start, stride, extent);
        for (int k = 0; k < op.count(); k++) {
          int place = places.get(k);
          out.data()[line + k * stride] = op.places() ? place : in.data()[start + place * stride];
        }
      }
    }
  }

  private static List<Integer> sorted(
      ArgMax.Largest op, Tensor in, int start, int stride, int extent) {
    Comparator<Integer> order =
        Comparator.comparing(place -> in.data()[start + place * stride] + 0f);
    return IntStream.range(0, extent)
        .boxed()
        .sorted(op.smallest() ? order : order.reversed())
        .toList();
  }
}
