package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.engine.graph.Conv2d;

/** A convolution with all channels in each filter: each input channel times its row of weights. */
public final class PlainConvolution extends PlainWindow {
  private final float[][][] weights; // [tap][in][out]
  private final float[] bias;

  public PlainConvolution(Piece piece, long rotatedBytes) {
    this(piece, rotatedBytes, (Conv2d) piece.nodes().get(0).op());
  }

  private PlainConvolution(Piece piece, long rotatedBytes, Conv2d conv) {
    super(piece, rotatedBytes, conv.kernel(), conv.stride(), conv.padding());
    int taps = conv.terms() / conv.inChannels();
    float[] filters = parameters().get(0).data(); // [out][in][tap]
    weights = new float[taps][conv.inChannels()][conv.outChannels()];
    for (int o = 0; o < conv.outChannels(); o++) {
      for (int i = 0; i < conv.inChannels(); i++) {
        for (int tap = 0; tap < taps; tap++) {
          weights[tap][i][o] = filters[(o * conv.inChannels() + i) * taps + tap];
        }
      }
    }
    bias = conv.bias() ? parameters().get(1).data() : new float[conv.outChannels()];
  }

  @Override
  void begin(float[] result) {
    System.arraycopy(bias, 0, result, 0, result.length);
  }

  @Override
  void take(float[] pixel, int tap, float[] result) {
    float[][] rows = weights[tap];
    for (int i = 0; i < rows.length; i++) {
      addScaled(pixel[i], rows[i], result);
    }
  }

  private static void addScaled(float factor, float[] row, float[] sum) {
    for (int o = 0; o < sum.length; o++) {
      sum[o] += factor * row[o];
    }
  }
}
