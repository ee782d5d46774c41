package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;

/** One pixel's matrix product, straight into the output. */
record ScalarGemm(PackedMatrix matrix, Nhwc residual, Clamp clamp, Nhwc out) {
  /**
   * out[p] = clamp(in * weights + bias + residual[p]).
   *
   * @param a the pixel's first input
   * @param pixel its number, counted through all images
   * @param channel the first output channel
   */
  void run(float[] in, int a, int pixel, int channel) {
    float[] result = out.data();
    int c = out.pixel(pixel) + channel;
    int width;
    for (int j = 0; j < matrix.columns(); j += width) {
      width = matrix.panelWidth(j);
      System.arraycopy(matrix.bias(), j, result, c + j, width);
      for (int k = 0; k < matrix.depth(); k++) {
        accumulate(in[a + k], matrix.data(), j * matrix.depth() + k * width, result, c + j, width);
      }
      for (int i = 0; i < width; i++) {
        float r = residual == null ? 0 : residual.data()[residual.pixel(pixel) + j + i];
        result[c + j + i] = clamp.apply(result[c + j + i] + r);
      }
    }
  }

  /** Multiply-adds for a pixel. */
  long macs() {
    return (long) matrix.depth() * matrix.columns();
  }

  private static void accumulate(float x, float[] w, int b, float[] sum, int c, int width) {
    for (int i = 0; i < width; i++) {
      sum[c + i] += x * w[b + i];
    }
  }
}
