package dev.hydranet.benchmarks.ladder.dense;

import dev.hydranet.benchmarks.ladder.rung.BiasRelu6;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import java.util.Arrays;

/**
 * Loops in blocks: the weights of one tap and one tile's outputs, few enough for the first-level
 * cache, stay there while a band of pixels passes, whose inputs stay in the second-level cache.
 *
 * <p>All weights still pass, but once for a band instead of once for a tile. They are cut out of
 * long rows: each of a block's short rows is at another place in memory.
 */
public final class CacheBlocks extends DenseRung {
  /** Pixels in a band: 16 tiles. */
  static final int BAND = 16 * RegisterTile.ROWS;

  private final float[] weights; // [tap][channel][o]

  public CacheBlocks(Convolution c) {
    super(c);
    weights = outputsInnermost(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    Arrays.fill(out, 0, pixels * c.outputs(), 0);
    for (int band = 0; band < pixels; band += BAND) {
      int end = Math.min(pixels, band + BAND);
      for (int o = 0; o < c.outputs(); o += PANEL) {
        for (int tap = 0; tap < seen.length; tap++) {
          int w = tap * c.channels() * c.outputs() + o;
          for (int p = band; p < end; p += RegisterTile.ROWS) {
            RegisterTile.tap(
                in, seen[tap], p, weights, w, c.outputs(), c.channels(), out, o, c.outputs());
          }
        }
      }
    }
    BiasRelu6.apply(out, pixels, bias);
  }
}
