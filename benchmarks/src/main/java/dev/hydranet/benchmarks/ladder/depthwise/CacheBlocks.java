package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.BiasRelu6;
import dev.hydranet.benchmarks.ladder.Convolution;

/**
 * Walks in stretches: the filters of all channels walk over a few pixels, one after the other,
 * before the next few. What they see stays in the first-level cache, and no cache line is fetched
 * twice.
 */
public final class CacheBlocks extends DepthwiseRung {
  /** Pixels in a stretch. */
  static final int STRETCH = 16;

  private final float[] taps; // [tap][channel]

  public CacheBlocks(Convolution c) {
    super(c);
    taps = channelsInnermost(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = 0; p < pixels; p += STRETCH) {
      int end = Math.min(pixels, p + STRETCH);
      for (int i = 0; i < c.channels(); i += L) {
        RegisterTile.walk(in, seen, p, end, taps, i, c.channels(), out, c.channels());
      }
    }
    BiasRelu6.apply(out, pixels, bias);
  }
}
