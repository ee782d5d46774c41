package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/** Each element of the input goes into the element of the output that it belongs to. */
final class ReferenceReduce {
  private ReferenceReduce() {}

  /**
   * @param in of any shape
   * @param out without the reduced axes, or with 1 for each
   */
  static void compute(Reduce op, Tensor in, Tensor out) {
    int[] strides = strides(op, in.shape());
    double[] shifts = new double[out.data().length];
    if (op.function() == Reduce.Function.LOG_SUM_EXP) {
      Arrays.fill(shifts, Double.NEGATIVE_INFINITY);
      int[] place = new int[in.shape().rank()];
      for (float x : in.data()) {
        int i = Strides.index(place, strides);
        shifts[i] = Math.max(shifts[i], x);
        Strides.next(place, in.shape());
      }
      for (int i = 0; i < shifts.length; i++) {
        shifts[i] = Double.isInfinite(shifts[i]) ? 0 : shifts[i];
      }
    }
    double[] sums = new double[out.data().length];
    Arrays.fill(sums, start(op.function()));
    int[] place = new int[in.shape().rank()];
    for (float x : in.data()) {
      int i = Strides.index(place, strides);
      sums[i] = joined(op.function(), sums[i], x, shifts[i]);
      Strides.next(place, in.shape());
    }
    double count = (double) in.data().length / Math.max(1, out.data().length);
    for (int i = 0; i < sums.length; i++) {
      out.data()[i] = (float) finished(op.function(), sums[i], count, shifts[i]);
    }
  }

  /** Strides in the output of the input's axes: 0 for those that are reduced. */
  private static int[] strides(Reduce op, Shape in) {
    int[] strides = new int[in.rank()];
    int stride = 1;
    for (int axis = in.rank() - 1; axis >= 0; axis--) {
      if (!op.axes().contains(axis) && !op.axes().contains(axis - in.rank())) {
        strides[axis] = stride;
        stride *= in.dim(axis);
      }
    }
    return strides;
  }

  private static double start(Reduce.Function function) {
    return switch (function) {
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
      case PROD -> 1;
      default -> 0;
    };
  }

  private static double joined(Reduce.Function function, double sum, double x, double shift) {
    return switch (function) {
      case SUM, MEAN, LOG_SUM -> sum + x;
      case MAX -> Math.max(sum, x);
      case MIN -> Math.min(sum, x);
      case PROD -> sum * x;
      case L1 -> sum + Math.abs(x);
      case L2, SUM_SQUARE -> sum + x * x;
      case LOG_SUM_EXP -> sum + Math.exp(x - shift);
    };
  }

  private static double finished(Reduce.Function function, double sum, double count, double shift) {
    return switch (function) {
      case MEAN -> sum / count;
      case L2 -> Math.sqrt(sum);
      case LOG_SUM -> Math.log(sum);
      case LOG_SUM_EXP -> Math.log(sum) + shift;
      default -> sum;
    };
  }

  /**
   * @param in of any shape
   * @param out of the same
   */
  static void compute(Reduce.Cumulative op, Tensor in, Tensor out) {
    int axis = op.axis() < 0 ? op.axis() + in.shape().rank() : op.axis();
    int extent = in.shape().dim(axis);
    int stride = Strides.of(in.shape())[axis];
    for (int i = 0; i < in.data().length; i++) {
      int place = i / stride % extent;
      int begin = op.reverse() ? place + (op.exclusive() ? 1 : 0) : 0;
      int end = op.reverse() ? extent : place + (op.exclusive() ? 0 : 1);
      double sum = 0;
      for (int k = begin; k < end; k++) {
        sum += in.data()[i + (k - place) * stride];
      }
      out.data()[i] = (float) sum;
    }
  }
}
