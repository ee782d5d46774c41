package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/** The first index along dimension 1 of a NaN, or without one of the largest number. */
final class ReferenceArgMax {
  private ReferenceArgMax() {}

  /**
   * @param in {@code [N, C]} or {@code [N, C, H, W]}
   * @param out {@code [N, 1]} or {@code [N, 1, H, W]}
   */
  static void compute(Tensor in, Tensor out) {
    Shape shape = in.shape();
    int classes = shape.dim(1);
    int plane = shape.rank() == 2 ? 1 : shape.height() * shape.width();
    for (int n = 0; n < shape.dim(0); n++) {
      for (int p = 0; p < plane; p++) {
        out.data()[n * plane + p] = argMax(in.data(), n * classes * plane + p, classes, plane);
      }
    }
  }

  private static int argMax(float[] in, int start, int classes, int step) {
    int best = 0;
    for (int c = 0; c < classes; c++) {
      float x = in[start + c * step];
      if (Float.isNaN(x)) {
        return c;
      }
      if (x > in[start + best * step]) {
        best = c;
      }
    }
    return best;
  }
}
