package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;

/**
 * A matrix product over a run of pixels: {@code out[p] = clamp(in[p] * weights + bias +
 * residual[p])}. It goes panel by panel, so that a panel's weights stay in the first-level cache
 * while the pixels of the run pass from the second level. Every output is one chain of
 * multiply-adds from the bias up through the depth, in whatever tile it falls: so the result does
 * not depend on how pixels are dealt out.
 *
 * @param inStride floats from one pixel's inputs to the next's
 * @param residual null where there is none
 * @param outStride floats from one pixel's outputs to the next's
 */
record Gemm(
    PackedMatrix matrix,
    int inStride,
    float[] residual,
    int residualStride,
    int outStride,
    Clamp clamp) {

  /** Pixels in a tile. */
  static final int ROWS = 6;

  private static final int L = SimdKernels.LANES;

  static Gemm of(PackedMatrix matrix, int inStride, Nhwc residual, Clamp clamp, int outStride) {
    return new Gemm(
        matrix,
        inStride,
        residual == null ? null : residual.data(),
        residual == null ? 0 : residual.stride(),
        outStride,
        clamp);
  }

  float[] weights() {
    return matrix.data();
  }

  float[] bias() {
    return matrix.bias();
  }

  int depth() {
    return matrix.depth();
  }

  /**
   * Computes a run of pixels. Where they are no multiple of the tile, the last tile overlaps the
   * one before: it computes the same values again.
   *
   * @param a the first input of the first pixel
   * @param r the first residual of the first pixel
   * @param c the first output of the first pixel
   */
  void run(float[] in, int a, int r, float[] out, int c, int pixels) {
    int width;
    for (int j = 0; j < matrix.columns(); j += width) {
      width = matrix.panelWidth(j);
      if (pixels < ROWS) {
        single(in, a, j, width, r, out, c, pixels);
      } else {
        panel(in, a, j, width, r, out, c, pixels);
      }
    }
  }

  private void panel(float[] in, int a, int j, int width, int r, float[] out, int c, int pixels) {
    int w = j * matrix.depth();
    for (int next = 0; next < pixels; next += ROWS) {
      int p = Math.min(next, pixels - ROWS);
      int from = a + p * inStride;
      int to = c + p * outStride + j;
      switch (width / L) {
        case 4 -> Tile6x4.run(this, in, from, w, j, out, to);
        case 2 -> Tile6x2.run(this, in, from, w, j, out, to);
        default -> Tile6x1.run(this, in, from, w, j, out, to);
      }
      finish(r + p * residualStride + j, out, to, ROWS, width);
    }
  }

  private void single(float[] in, int a, int j, int width, int r, float[] out, int c, int pixels) {
    int w = j * matrix.depth();
    for (int p = 0; p < pixels; p++) {
      int to = c + p * outStride + j;
      for (int v = 0; v < width; v += L) {
        Tile1x1.run(this, in, a + p * inStride, w + v, width, j + v, out, to + v);
      }
    }
    finish(r + j, out, c + j, pixels, width);
  }

  private void finish(int r, float[] out, int c, int rows, int width) {
    if (residual != null) {
      Finish.addAndClamp(this, r, out, c, rows, width);
    } else if (clamp != Clamp.NONE) {
      Finish.clamp(this, out, c, rows, width);
    }
  }
}
