package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Three pixels by three vectors of columns: nine accumulators, for processors with 16 vector
 * registers. With the loads of a step, three weights and three inputs, 15 are in use; with 6x2, 20
 * would be, and sums may go through memory in every step.
 */
final class Tile3x3 {
  /** Pixels. */
  static final int ROWS = 3;

  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Tile3x3() {}

  /** As {@link Tile5x4#run}. */
  static void run(
      Gemm g,
      float[] in,
      int a,
      int w,
      int depth,
      float[] start,
      int j,
      boolean add,
      float[] out,
      int c) {
    if (depth == 0) {
      return;
    }
    float[] weights = g.matrix().data();
    int stride = g.inStride();
    int a1 = a + stride;
    int a2 = a + 2 * stride;
    FloatVector c00 = FloatVector.fromArray(S, start, j);
    FloatVector c01 = FloatVector.fromArray(S, start, j + L);
    FloatVector c02 = FloatVector.fromArray(S, start, j + 2 * L);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c22 = c02;
    for (int k = 0; k < depth; k++) {
      int b = w + k * 3 * L;
      FloatVector b0 = FloatVector.fromArray(S, weights, b);
      FloatVector b1 = FloatVector.fromArray(S, weights, b + L);
      FloatVector b2 = FloatVector.fromArray(S, weights, b + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(S, in[a1 + k]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(S, in[a2 + k]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
    }
    int cs = g.outStride();
    if (add) {
      c00 = c00.add(FloatVector.fromArray(S, out, c));
      c01 = c01.add(FloatVector.fromArray(S, out, c + L));
      c02 = c02.add(FloatVector.fromArray(S, out, c + 2 * L));
      c10 = c10.add(FloatVector.fromArray(S, out, c + cs));
      c11 = c11.add(FloatVector.fromArray(S, out, c + cs + L));
      c12 = c12.add(FloatVector.fromArray(S, out, c + cs + 2 * L));
      c20 = c20.add(FloatVector.fromArray(S, out, c + 2 * cs));
      c21 = c21.add(FloatVector.fromArray(S, out, c + 2 * cs + L));
      c22 = c22.add(FloatVector.fromArray(S, out, c + 2 * cs + 2 * L));
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c02.intoArray(out, c + 2 * L);
    c10.intoArray(out, c + cs);
    c11.intoArray(out, c + cs + L);
    c12.intoArray(out, c + cs + 2 * L);
    c20.intoArray(out, c + 2 * cs);
    c21.intoArray(out, c + 2 * cs + L);
    c22.intoArray(out, c + 2 * cs + 2 * L);
  }
}
