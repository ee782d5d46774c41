package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.tensor.Tensor;

/** {@code exp(x - max) / sum of exp(x - max)} along a line; without the max, exp overflows. */
final class ReferenceSoftmax {
  private ReferenceSoftmax() {}

  /**
   * @param in of any shape
   * @param out of the same shape
   */
  static void compute(Softmax op, Tensor in, Tensor out) {
    Lines lines =
        op.toEnd() ? Lines.from(op.axis(), in.shape()) : Lines.along(op.axis(), in.shape());
    for (int i = 0; i < lines.count(); i++) {
      line(op.log(), in.data(), out.data(), lines.start(i), lines.length(), lines.step());
    }
  }

  private static void line(boolean log, float[] in, float[] out, int start, int length, int step) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < length; c++) {
      max = Math.max(max, in[start + c * step]);
    }
    double sum = 0;
    for (int c = 0; c < length; c++) {
      sum += Math.exp(in[start + c * step] - max);
    }
    for (int c = 0; c < length; c++) {
      double x = in[start + c * step] - max;
      out[start + c * step] = (float) (log ? x - Math.log(sum) : Math.exp(x) / sum);
    }
  }
}
