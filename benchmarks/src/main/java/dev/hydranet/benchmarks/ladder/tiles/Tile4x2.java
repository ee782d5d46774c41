package dev.hydranet.benchmarks.ladder.tiles;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four pixels by two vectors of outputs: with 2 vectors of weights and 4 inputs, 14 live vectors.
 */
final class Tile4x2 implements Tile {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return 4;
  }

  @Override
  public int vectors() {
    return 2;
  }

  @Override
  public void run(float[] in, int a, int depth, float[] weights, float[] out, int c) {
    int a1 = a + depth;
    int a2 = a + 2 * depth;
    int a3 = a + 3 * depth;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int w = k * 2 * L;
      FloatVector w0 = FloatVector.fromArray(S, weights, w);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + L);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
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
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c10.intoArray(out, c + 2 * L);
    c11.intoArray(out, c + 3 * L);
    c20.intoArray(out, c + 4 * L);
    c21.intoArray(out, c + 5 * L);
    c30.intoArray(out, c + 6 * L);
    c31.intoArray(out, c + 7 * L);
  }
}
