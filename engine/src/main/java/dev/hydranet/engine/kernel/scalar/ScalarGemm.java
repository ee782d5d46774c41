package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;

/**
 * One pixel's matrix product. Sums and rows of weights are separate arrays, all with one index: a
 * loop over places in the middle of arrays, which might overlap, is not vectorised by C2.
 */
record ScalarGemm(PackedMatrix matrix, Nhwc residual, Clamp clamp, Nhwc out) {
  /** Rows of weights that are added at once, for one load and store of the sums. */
  private static final int ROWS = 4;

  /**
   * out[p] = clamp(in * weights + bias + residual[p]).
   *
   * @param a the pixel's first input
   * @param pixel its number, counted through all images
   * @param channel the first output channel
   * @param sums memory for one output channel each
   */
  void run(float[] in, int a, int pixel, int channel, float[] sums) {
    float[][] rows = matrix.rows();
    int columns = matrix.columns();
    System.arraycopy(matrix.bias(), 0, sums, 0, columns);
    int k = 0;
    for (; k <= rows.length - ROWS; k += ROWS) {
      int x = a + k;
      add(
          in[x],
          rows[k],
          in[x + 1],
          rows[k + 1],
          in[x + 2],
          rows[k + 2],
          in[x + 3],
          rows[k + 3],
          sums,
          columns);
    }
    for (; k < rows.length; k++) {
      add(in[a + k], rows[k], sums, columns);
    }
    if (residual != null) {
      int r = residual.pixel(pixel) + channel;
      for (int i = 0; i < columns; i++) {
        sums[i] += residual.data()[r + i];
      }
    }
    int c = out.pixel(pixel) + channel;
    for (int i = 0; i < columns; i++) {
      out.data()[c + i] = clamp.apply(sums[i]);
    }
  }

  /** Multiply-adds for a pixel. */
  long macs() {
    return (long) matrix.depth() * matrix.columns();
  }

  private static void add(
      float x0,
      float[] w0,
      float x1,
      float[] w1,
      float x2,
      float[] w2,
      float x3,
      float[] w3,
      float[] sums,
      int columns) {
    for (int i = 0; i < columns; i++) {
      sums[i] += (x0 * w0[i] + x1 * w1[i]) + (x2 * w2[i] + x3 * w3[i]);
    }
  }

  private static void add(float x, float[] w, float[] sums, int columns) {
    for (int i = 0; i < columns; i++) {
      sums[i] += x * w[i];
    }
  }
}
