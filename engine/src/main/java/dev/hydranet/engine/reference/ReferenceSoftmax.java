package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/** {@code exp(x - max) / sum of exp(x - max)} along dimension 1; without the max, exp overflows. */
final class ReferenceSoftmax {
  private ReferenceSoftmax() {}

  /**
   * @param in {@code [N, C]} or {@code [N, C, H, W]}
   * @param out of the same shape
   */
  static void compute(Tensor in, Tensor out) {
    Shape shape = in.shape();
    int classes = shape.dim(1);
    int plane = shape.rank() == 2 ? 1 : shape.height() * shape.width();
    for (int n = 0; n < shape.dim(0); n++) {
      for (int p = 0; p < plane; p++) {
        computePixel(in.data(), out.data(), n * classes * plane + p, classes, plane);
      }
    }
  }

  /** One pixel, whose classes start at {@code start} and lie {@code step} apart. */
  private static void computePixel(float[] in, float[] out, int start, int classes, int step) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      max = Math.max(max, in[start + c * step]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(in[start + c * step] - max);
    }
    for (int c = 0; c < classes; c++) {
      out[start + c * step] = (float) (Math.exp(in[start + c * step] - max) / sum);
    }
  }
}
