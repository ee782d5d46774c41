package dev.hydranet.benchmarks;

import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/** A 1x1 convolution: at every pixel, each input channel times its row of weights, summed. */
final class PlainPointwise extends PlainConvolution {
  private final float[][] weights; // [in][out]

  PlainPointwise(Piece piece, long rotatedBytes) {
    super(piece, rotatedBytes);
    weights = new float[conv.inChannels()][conv.outChannels()];
  }

  @Override
  void pack(Tensor filters) {
    for (int o = 0; o < conv.outChannels(); o++) {
      for (int i = 0; i < conv.inChannels(); i++) {
        weights[i][o] = filters.data()[o * conv.inChannels() + i];
      }
    }
  }

  @Override
  void compute(float[][] in, float[][] out) {
    for (int p = 0; p < out.length; p++) {
      Arrays.fill(out[p], 0);
      for (int i = 0; i < weights.length; i++) {
        addScaled(in[p][i], weights[i], out[p]);
      }
    }
  }

  private static void addScaled(float factor, float[] row, float[] sum) {
    for (int o = 0; o < sum.length; o++) {
      sum[o] += factor * row[o];
    }
  }
}
