package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.engine.graph.MaxPool2d;
import java.util.Arrays;

/** At every pixel, the largest of the pixels under the window, channel by channel. */
public final class PlainMaxPool extends PlainWindow {
  public PlainMaxPool(Piece piece, long rotatedBytes) {
    this(piece, rotatedBytes, (MaxPool2d) piece.nodes().get(0).op());
  }

  private PlainMaxPool(Piece piece, long rotatedBytes, MaxPool2d pool) {
    super(piece, rotatedBytes, pool.kernel(), pool.stride(), pool.padding());
  }

  @Override
  void begin(float[] result) {
    Arrays.fill(result, Float.NEGATIVE_INFINITY);
  }

  @Override
  void take(float[] pixel, int tap, float[] result) {
    for (int c = 0; c < result.length; c++) {
      result[c] = Math.max(result[c], pixel[c]);
    }
  }
}
