package dev.hydranet.benchmarks.ladder.tiles;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Three pixels by three vectors of outputs: with 3 vectors of weights and 3 inputs, 15 live
 * vectors. The engine's tile where a processor has 16 vector registers.
 */
final class Tile3x3 implements Tile {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  @Override
  public int rows() {
    return 3;
  }

  @Override
  public int vectors() {
    return 3;
  }

  @Override
  public void run(float[] in, int a, int depth, float[] weights, float[] out, int c) {
    int a1 = a + depth;
    int a2 = a + 2 * depth;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int w = k * 3 * L;
      FloatVector w0 = FloatVector.fromArray(S, weights, w);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + L);
      FloatVector w2 = FloatVector.fromArray(S, weights, w + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(w0, c00);
      c01 = x0.fma(w1, c01);
      c02 = x0.fma(w2, c02);
      FloatVector x1 = FloatVector.broadcast(S, in[a1 + k]);
      c10 = x1.fma(w0, c10);
      c11 = x1.fma(w1, c11);
      c12 = x1.fma(w2, c12);
      FloatVector x2 = FloatVector.broadcast(S, in[a2 + k]);
      c20 = x2.fma(w0, c20);
      c21 = x2.fma(w1, c21);
      c22 = x2.fma(w2, c22);
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c02.intoArray(out, c + 2 * L);
    c10.intoArray(out, c + 3 * L);
    c11.intoArray(out, c + 4 * L);
    c12.intoArray(out, c + 5 * L);
    c20.intoArray(out, c + 6 * L);
    c21.intoArray(out, c + 7 * L);
    c22.intoArray(out, c + 8 * L);
  }
}
