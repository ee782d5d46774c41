package dev.hydranet.benchmarks.ladder.dense;

import dev.hydranet.benchmarks.ladder.rung.Convolution;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What comes before and after the products happens in the tile's registers: its sums begin as the
 * bias, and those of the last tap are clamped before they are written.
 *
 * <p>The output is no longer cleared before and passed over again after. The same loop serves all
 * taps: only where its sums begin, and between which bounds they end, differs.
 */
public final class Fusion extends DenseRung {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int ROWS = RegisterTile.ROWS;

  private final float[] weights; // [panel][tap][channel][PANEL]

  public Fusion(Convolution c) {
    super(c);
    weights = Packing.packed(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int band = 0; band < pixels; band += CacheBlocks.BAND) {
      int end = Math.min(pixels, band + CacheBlocks.BAND);
      for (int o = 0; o < c.outputs(); o += PANEL) {
        for (int tap = 0; tap < seen.length; tap++) {
          int w = (o * seen.length + tap * PANEL) * c.channels();
          tap(tap, band, end, w, o);
        }
      }
    }
  }

  private void tap(int tap, int begin, int end, int w, int o) {
    boolean first = tap == 0;
    boolean last = tap == seen.length - 1;
    float low = last ? 0 : Float.NEGATIVE_INFINITY;
    float high = last ? 6 : Float.POSITIVE_INFINITY;
    float[] start = first ? bias : out;
    int step = first ? 0 : c.outputs();
    int p = begin;
    for (; p + ROWS <= end; p += ROWS) {
      int to = p * c.outputs() + o;
      tile(seen[tap], p, w, start, first ? o : to, step, to, low, high);
    }
    for (; p < end; p++) {
      int to = p * c.outputs() + o;
      pixel(seen[tap][p], w, start, first ? o : to, to, low, high);
    }
  }

  /**
   * A tile's sums with one more tap.
   *
   * @param s where the first pixel's sums begin so far, in {@code start}
   * @param sStep from one pixel's to the next's; 0 if all begin as the same
   */
  private void tile(
      int[] at, int p, int w, float[] start, int s, int sStep, int o, float low, float high) {
    int depth = c.channels();
    int oStep = c.outputs();
    int a0 = at[p];
    int a1 = at[p + 1];
    int a2 = at[p + 2];
    int a3 = at[p + 3];
    int a4 = at[p + 4];
    int a5 = at[p + 5];
    FloatVector c00 = FloatVector.fromArray(S, start, s);
    FloatVector c01 = FloatVector.fromArray(S, start, s + L);
    FloatVector c10 = FloatVector.fromArray(S, start, s + sStep);
    FloatVector c11 = FloatVector.fromArray(S, start, s + sStep + L);
    FloatVector c20 = FloatVector.fromArray(S, start, s + 2 * sStep);
    FloatVector c21 = FloatVector.fromArray(S, start, s + 2 * sStep + L);
    FloatVector c30 = FloatVector.fromArray(S, start, s + 3 * sStep);
    FloatVector c31 = FloatVector.fromArray(S, start, s + 3 * sStep + L);
    FloatVector c40 = FloatVector.fromArray(S, start, s + 4 * sStep);
    FloatVector c41 = FloatVector.fromArray(S, start, s + 4 * sStep + L);
    FloatVector c50 = FloatVector.fromArray(S, start, s + 5 * sStep);
    FloatVector c51 = FloatVector.fromArray(S, start, s + 5 * sStep + L);
    for (int k = 0; k < depth; k++) {
      FloatVector w0 = FloatVector.fromArray(S, weights, w + k * PANEL);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + k * PANEL + L);
      FloatVector x0 = FloatVector.broadcast(S, in[a0 + k]);
      c00 = x0.fma(w0, c00);
      c01 = x0.fma(w1, c01);
      FloatVector x1 = FloatVector.broadcast(S, in[a1 + k]);
      c10 = x1.fma(w0, c10);
      c11 = x1.fma(w1, c11);
      FloatVector x2 = FloatVector.broadcast(S, in[a2 + k]);
      c20 = x2.fma(w0, c20);
      c21 = x2.fma(w1, c21);
      FloatVector x3 = FloatVector.broadcast(S, in[a3 + k]);
      c30 = x3.fma(w0, c30);
      c31 = x3.fma(w1, c31);
      FloatVector x4 = FloatVector.broadcast(S, in[a4 + k]);
      c40 = x4.fma(w0, c40);
      c41 = x4.fma(w1, c41);
      FloatVector x5 = FloatVector.broadcast(S, in[a5 + k]);
      c50 = x5.fma(w0, c50);
      c51 = x5.fma(w1, c51);
    }
    c00.min(high).max(low).intoArray(out, o);
    c01.min(high).max(low).intoArray(out, o + L);
    c10.min(high).max(low).intoArray(out, o + oStep);
    c11.min(high).max(low).intoArray(out, o + oStep + L);
    c20.min(high).max(low).intoArray(out, o + 2 * oStep);
    c21.min(high).max(low).intoArray(out, o + 2 * oStep + L);
    c30.min(high).max(low).intoArray(out, o + 3 * oStep);
    c31.min(high).max(low).intoArray(out, o + 3 * oStep + L);
    c40.min(high).max(low).intoArray(out, o + 4 * oStep);
    c41.min(high).max(low).intoArray(out, o + 4 * oStep + L);
    c50.min(high).max(low).intoArray(out, o + 5 * oStep);
    c51.min(high).max(low).intoArray(out, o + 5 * oStep + L);
  }

  private void pixel(int a, int w, float[] start, int s, int o, float low, float high) {
    FloatVector c0 = FloatVector.fromArray(S, start, s);
    FloatVector c1 = FloatVector.fromArray(S, start, s + L);
    for (int k = 0; k < c.channels(); k++) {
      FloatVector x = FloatVector.broadcast(S, in[a + k]);
      c0 = x.fma(FloatVector.fromArray(S, weights, w + k * PANEL), c0);
      c1 = x.fma(FloatVector.fromArray(S, weights, w + k * PANEL + L), c1);
    }
    c0.min(high).max(low).intoArray(out, o);
    c1.min(high).max(low).intoArray(out, o + L);
  }
}
