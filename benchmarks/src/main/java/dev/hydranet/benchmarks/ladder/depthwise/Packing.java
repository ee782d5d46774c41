package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.rung.Convolution;

/**
 * Weights in the order in which they are read: the nine vectors of a filter are one run of memory,
 * instead of nine places that are all channels apart.
 *
 * <p>A depthwise convolution has few weights, and a walk loads them once for many pixels: there is
 * little to win.
 */
public class Packing extends CacheBlocks {
  public Packing(Convolution c) {
    super(c, packed(c), c.kernel() * c.kernel(), L);
  }

  /** The weights as {@code [channel / L][tap][L]}. */
  private static float[] packed(Convolution c) {
    float[] rows = channelsInnermost(c);
    float[] packed = new float[rows.length];
    int taps = rows.length / c.channels();
    for (int i = 0; i < c.channels(); i += L) {
      for (int tap = 0; tap < taps; tap++) {
        System.arraycopy(rows, tap * c.channels() + i, packed, i * taps + tap * L, L);
      }
    }
    return packed;
  }
}
