package dev.hydranet.benchmarks.ladder.dense;

import dev.hydranet.benchmarks.ladder.rung.BiasRelu6;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of six pixels by two vectors of outputs in twelve registers: two vectors of weights and
 * six inputs are loaded for twelve multiply-adds, none of which waits for another.
 *
 * <p>The tile takes in one tap after the other. All weights pass for every six pixels, from
 * whatever cache is large enough for them.
 */
public final class RegisterTile extends DenseRung {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  /** Pixels in a tile. */
  static final int ROWS = 6;

  private final float[] weights; // [tap][channel][o]

  public RegisterTile(Convolution c) {
    super(c);
    weights = outputsInnermost(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    Arrays.fill(out, 0, pixels * c.outputs(), 0);
    for (int p = 0; p < pixels; p += ROWS) {
      for (int o = 0; o < c.outputs(); o += PANEL) {
        for (int tap = 0; tap < seen.length; tap++) {
          int w = tap * c.channels() * c.outputs() + o;
          tap(in, seen[tap], p, weights, w, c.outputs(), c.channels(), out, o, c.outputs());
        }
      }
    }
    BiasRelu6.apply(out, pixels, bias);
  }

  /**
   * Adds to the sums of up to six pixels what a tap gives: a tile, or what is left of it at the end
   * of the image pixel by pixel.
   *
   * @param at where each pixel's inputs begin
   * @param p the first pixel
   * @param w where the first input's weights begin, for the tile's outputs
   * @param wStep from one input's weights to the next's
   * @param o the first output in each pixel
   * @param oStep from one pixel's outputs to the next's
   */
  static void tap(
      float[] in,
      int[] at,
      int p,
      float[] weights,
      int w,
      int wStep,
      int depth,
      float[] out,
      int o,
      int oStep) {
    if (p + ROWS <= at.length) {
      tile(in, at, p, weights, w, wStep, depth, out, p * oStep + o, oStep);
      return;
    }
    for (int rest = p; rest < at.length; rest++) {
      pixel(in, at[rest], weights, w, wStep, depth, out, rest * oStep + o);
    }
  }

  private static void tile(
      float[] in,
      int[] at,
      int p,
      float[] weights,
      int w,
      int wStep,
      int depth,
      float[] out,
      int o,
      int oStep) {
    int a0 = at[p];
    int a1 = at[p + 1];
    int a2 = at[p + 2];
    int a3 = at[p + 3];
    int a4 = at[p + 4];
    int a5 = at[p + 5];
    FloatVector c00 = FloatVector.fromArray(S, out, o);
    FloatVector c01 = FloatVector.fromArray(S, out, o + L);
    FloatVector c10 = FloatVector.fromArray(S, out, o + oStep);
    FloatVector c11 = FloatVector.fromArray(S, out, o + oStep + L);
    FloatVector c20 = FloatVector.fromArray(S, out, o + 2 * oStep);
    FloatVector c21 = FloatVector.fromArray(S, out, o + 2 * oStep + L);
    FloatVector c30 = FloatVector.fromArray(S, out, o + 3 * oStep);
    FloatVector c31 = FloatVector.fromArray(S, out, o + 3 * oStep + L);
    FloatVector c40 = FloatVector.fromArray(S, out, o + 4 * oStep);
    FloatVector c41 = FloatVector.fromArray(S, out, o + 4 * oStep + L);
    FloatVector c50 = FloatVector.fromArray(S, out, o + 5 * oStep);
    FloatVector c51 = FloatVector.fromArray(S, out, o + 5 * oStep + L);
    for (int k = 0; k < depth; k++) {
      FloatVector w0 = FloatVector.fromArray(S, weights, w + k * wStep);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + k * wStep + L);
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
    c00.intoArray(out, o);
    c01.intoArray(out, o + L);
    c10.intoArray(out, o + oStep);
    c11.intoArray(out, o + oStep + L);
    c20.intoArray(out, o + 2 * oStep);
    c21.intoArray(out, o + 2 * oStep + L);
    c30.intoArray(out, o + 3 * oStep);
    c31.intoArray(out, o + 3 * oStep + L);
    c40.intoArray(out, o + 4 * oStep);
    c41.intoArray(out, o + 4 * oStep + L);
    c50.intoArray(out, o + 5 * oStep);
    c51.intoArray(out, o + 5 * oStep + L);
  }

  private static void pixel(
      float[] in, int a, float[] weights, int w, int wStep, int depth, float[] out, int o) {
    FloatVector c0 = FloatVector.fromArray(S, out, o);
    FloatVector c1 = FloatVector.fromArray(S, out, o + L);
    for (int k = 0; k < depth; k++) {
      FloatVector x = FloatVector.broadcast(S, in[a + k]);
      c0 = x.fma(FloatVector.fromArray(S, weights, w + k * wStep), c0);
      c1 = x.fma(FloatVector.fromArray(S, weights, w + k * wStep + L), c1);
    }
    c0.intoArray(out, o);
    c1.intoArray(out, o + L);
  }
}
