package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.rung.BiasRelu6;
import dev.hydranet.benchmarks.ladder.rung.Convolution;

/**
 * Walks in stretches: the filters of all channels walk over a few pixels, one after the other,
 * before the next few. What they see stays in the first-level cache until all have seen it.
 */
public class CacheBlocks extends RegisterTile {
  /** Pixels in a stretch. */
  private static final int STRETCH = 32;

  public CacheBlocks(Convolution c) {
    super(c);
  }

  CacheBlocks(Convolution c, float[] taps, int vectorStep, int tapStep) {
    super(c, taps, vectorStep, tapStep);
  }

  @Override
  public void run(int part, float[] scratch) {
    stretches();
    BiasRelu6.apply(out, pixels, bias);
  }

  final void stretches() {
    for (int y = 0; y < c.outHeight(); y++) {
      for (int x = 0; x < c.outWidth(); x += STRETCH) {
        int end = Math.min(c.outWidth(), x + STRETCH);
        for (int i = 0; i < c.channels(); i += L) {
          row(y, x, end, i);
        }
      }
    }
  }
}
