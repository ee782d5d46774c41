package dev.hydranet.benchmarks.ladder.tiles;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Six pixels by four vectors of outputs: with 4 vectors of weights and 6 inputs, 34 live vectors.
 * Its 24 sums alone would fit 32 registers.
 */
final class Tile6x4 implements Tile {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return 6;
  }

  @Override
  public int vectors() {
    return 4;
  }

  @Override
  public void run(float[] in, int a, int depth, float[] weights, float[] out, int c) {
    int a1 = a + depth;
    int a2 = a + 2 * depth;
    int a3 = a + 3 * depth;
    int a4 = a + 4 * depth;
    int a5 = a + 5 * depth;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c03 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c13 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    FloatVector c23 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c32 = FloatVector.zero(S);
    FloatVector c33 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = FloatVector.zero(S);
    FloatVector c42 = FloatVector.zero(S);
    FloatVector c43 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = FloatVector.zero(S);
    FloatVector c52 = FloatVector.zero(S);
    FloatVector c53 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int w = k * 4 * L;
      FloatVector w0 = FloatVector.fromArray(S, weights, w);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + L);
      FloatVector w2 = FloatVector.fromArray(S, weights, w + 2 * L);
      FloatVector w3 = FloatVector.fromArray(S, weights, w + 3 * L);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(w0, c00);
      c01 = x0.fma(w1, c01);
      c02 = x0.fma(w2, c02);
      c03 = x0.fma(w3, c03);
      FloatVector x1 = FloatVector.broadcast(S, in[a1 + k]);
      c10 = x1.fma(w0, c10);
      c11 = x1.fma(w1, c11);
      c12 = x1.fma(w2, c12);
      c13 = x1.fma(w3, c13);
      FloatVector x2 = FloatVector.broadcast(S, in[a2 + k]);
      c20 = x2.fma(w0, c20);
      c21 = x2.fma(w1, c21);
      c22 = x2.fma(w2, c22);
      c23 = x2.fma(w3, c23);
      FloatVector x3 = FloatVector.broadcast(S, in[a3 + k]);
      c30 = x3.fma(w0, c30);
      c31 = x3.fma(w1, c31);
      c32 = x3.fma(w2, c32);
      c33 = x3.fma(w3, c33);
      FloatVector x4 = FloatVector.broadcast(S, in[a4 + k]);
      c40 = x4.fma(w0, c40);
      c41 = x4.fma(w1, c41);
      c42 = x4.fma(w2, c42);
      c43 = x4.fma(w3, c43);
      FloatVector x5 = FloatVector.broadcast(S, in[a5 + k]);
      c50 = x5.fma(w0, c50);
      c51 = x5.fma(w1, c51);
      c52 = x5.fma(w2, c52);
      c53 = x5.fma(w3, c53);
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c02.intoArray(out, c + 2 * L);
    c03.intoArray(out, c + 3 * L);
    c10.intoArray(out, c + 4 * L);
    c11.intoArray(out, c + 5 * L);
    c12.intoArray(out, c + 6 * L);
    c13.intoArray(out, c + 7 * L);
    c20.intoArray(out, c + 8 * L);
    c21.intoArray(out, c + 9 * L);
    c22.intoArray(out, c + 10 * L);
    c23.intoArray(out, c + 11 * L);
    c30.intoArray(out, c + 12 * L);
    c31.intoArray(out, c + 13 * L);
    c32.intoArray(out, c + 14 * L);
    c33.intoArray(out, c + 15 * L);
    c40.intoArray(out, c + 16 * L);
    c41.intoArray(out, c + 17 * L);
    c42.intoArray(out, c + 18 * L);
    c43.intoArray(out, c + 19 * L);
    c50.intoArray(out, c + 20 * L);
    c51.intoArray(out, c + 21 * L);
    c52.intoArray(out, c + 22 * L);
    c53.intoArray(out, c + 23 * L);
  }
}
