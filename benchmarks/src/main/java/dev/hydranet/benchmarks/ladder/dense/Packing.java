package dev.hydranet.benchmarks.ladder.dense;

import dev.hydranet.benchmarks.ladder.rung.BiasRelu6;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import java.util.Arrays;

/**
 * Weights in the order in which the tile reads them, put so once and for all: a block is one run of
 * memory, which fills whole pages and cache lines and which the processor sees coming.
 */
public final class Packing extends DenseRung {
  private final float[] weights; // [panel][tap][channel][PANEL]

  public Packing(Convolution c) {
    super(c);
    weights = packed(c);
  }

  /** The weights as {@code [panel][tap][channel][PANEL]}. */
  static float[] packed(Convolution c) {
    float[] rows = outputsInnermost(c);
    float[] packed = new float[rows.length];
    int depth = rows.length / c.outputs();
    for (int o = 0; o < c.outputs(); o += PANEL) {
      for (int k = 0; k < depth; k++) {
        System.arraycopy(rows, k * c.outputs() + o, packed, o * depth + k * PANEL, PANEL);
      }
    }
    return packed;
  }

  @Override
  public void run(int part, float[] scratch) {
    Arrays.fill(out, 0, pixels * c.outputs(), 0);
    for (int band = 0; band < pixels; band += CacheBlocks.BAND) {
      int end = Math.min(pixels, band + CacheBlocks.BAND);
      for (int o = 0; o < c.outputs(); o += PANEL) {
        for (int tap = 0; tap < seen.length; tap++) {
          int w = (o * seen.length + tap * PANEL) * c.channels();
          for (int p = band; p < end; p += RegisterTile.ROWS) {
            RegisterTile.tap(
                in, seen[tap], p, weights, w, PANEL, c.channels(), out, o, c.outputs());
          }
        }
      }
    }
    BiasRelu6.apply(out, pixels, bias);
  }
}
