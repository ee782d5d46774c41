package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.engine.graph.Size;

/** A sliding window: at every pixel, the taps of the window that are inside the image. */
abstract class PlainWindow extends PlainLoops {
  private final Size kernel;
  private final Size stride;
  private final Size padding;

  PlainWindow(Piece piece, long rotatedBytes, Size kernel, Size stride, Size padding) {
    super(piece, rotatedBytes);
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
  }

  /** What a pixel is before the first tap. */
  abstract void begin(float[] result);

  /** Takes in the pixel under a tap, taps counted row by row. */
  abstract void take(float[] pixel, int tap, float[] result);

  @Override
  final void compute(float[][][] inputs, float[][] outputs) {
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        pixel(inputs[0], y, x, outputs[y * out.width() + x]);
      }
    }
  }

  private void pixel(float[][] pixels, int y, int x, float[] result) {
    int top = y * stride.height() - padding.height();
    int left = x * stride.width() - padding.width();
    int bottom = Math.min(kernel.height(), in.height() - top);
    int right = Math.min(kernel.width(), in.width() - left);
    begin(result);
    for (int i = Math.max(0, -top); i < bottom; i++) {
      for (int j = Math.max(0, -left); j < right; j++) {
        take(pixels[(top + i) * in.width() + left + j], i * kernel.width() + j, result);
      }
    }
  }
}
