package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.engine.graph.Conv2d;
import java.util.Arrays;

/** A filter for each channel: at every pixel, each pixel under the filter times its tap, summed. */
public final class PlainDepthwise extends PlainWindow {
  private final float[][] taps; // [tap][C]

  public PlainDepthwise(Piece piece, long rotatedBytes) {
    this(piece, rotatedBytes, (Conv2d) piece.nodes().get(0).op());
  }

  private PlainDepthwise(Piece piece, long rotatedBytes, Conv2d conv) {
    super(piece, rotatedBytes, conv.kernel(), conv.stride(), conv.padding());
    float[] filters = parameters().get(0).data(); // [C][tap]
    taps = new float[conv.terms()][conv.outChannels()];
    for (int c = 0; c < conv.outChannels(); c++) {
      for (int tap = 0; tap < taps.length; tap++) {
        taps[tap][c] = filters[c * taps.length + tap];
      }
    }
  }

  @Override
  void begin(float[] result) {
    Arrays.fill(result, 0);
  }

  @Override
  void take(float[] pixel, int tap, float[] result) {
    addProducts(pixel, taps[tap], result);
  }

  private static void addProducts(float[] pixel, float[] tap, float[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += pixel[c] * tap[c];
    }
  }
}
