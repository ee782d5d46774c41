package dev.hydranet.benchmarks;

import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/** A filter for each channel: at every pixel, each pixel under the filter times its tap, summed. */
final class PlainDepthwise extends PlainConvolution {
  private final int side;
  private final float[][] taps; // [side * side][C]

  PlainDepthwise(Piece piece, long rotatedBytes) {
    super(piece, rotatedBytes);
    side = conv.kernel().height();
    taps = new float[side * side][conv.outChannels()];
  }

  @Override
  void pack(Tensor filters) {
    for (int c = 0; c < conv.outChannels(); c++) {
      for (int tap = 0; tap < taps.length; tap++) {
        taps[tap][c] = filters.data()[c * taps.length + tap];
      }
    }
  }

  @Override
  void compute(float[][] in, float[][] out) {
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        pixel(in, y, x, out[y * outWidth + x]);
      }
    }
  }

  private void pixel(float[][] in, int y, int x, float[] sum) {
    int top = y * conv.stride().height() - conv.padding().height();
    int left = x * conv.stride().width() - conv.padding().width();
    Arrays.fill(sum, 0);
    for (int i = Math.max(0, -top); i < side && top + i < height; i++) {
      for (int j = Math.max(0, -left); j < side && left + j < width; j++) {
        addProducts(in[(top + i) * width + left + j], taps[i * side + j], sum);
      }
    }
  }

  private static void addProducts(float[] pixel, float[] tap, float[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += pixel[c] * tap[c];
    }
  }
}
