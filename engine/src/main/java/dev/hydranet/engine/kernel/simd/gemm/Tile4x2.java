package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four pixels by two vectors of columns: what wider panels leave over, in 14 of 16 vector
 * registers.
 */
final class Tile4x2 {
  /** Pixels. */
  static final int ROWS = 4;

  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Tile4x2() {}

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
    int a3 = a + 3 * stride;
    FloatVector c00 = FloatVector.fromArray(S, start, j);
    FloatVector c01 = FloatVector.fromArray(S, start, j + L);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    for (int k = 0; k < depth; k++) {
      int b = w + k * 2 * L;
      FloatVector b0 = FloatVector.fromArray(S, weights, b);
      FloatVector b1 = FloatVector.fromArray(S, weights, b + L);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(S, in[a1 + k]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(S, in[a2 + k]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(S, in[a3 + k]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    int cs = g.outStride();
    if (add) {
      c00 = c00.add(FloatVector.fromArray(S, out, c));
      c01 = c01.add(FloatVector.fromArray(S, out, c + L));
      c10 = c10.add(FloatVector.fromArray(S, out, c + cs));
      c11 = c11.add(FloatVector.fromArray(S, out, c + cs + L));
      c20 = c20.add(FloatVector.fromArray(S, out, c + 2 * cs));
      c21 = c21.add(FloatVector.fromArray(S, out, c + 2 * cs + L));
      c30 = c30.add(FloatVector.fromArray(S, out, c + 3 * cs));
      c31 = c31.add(FloatVector.fromArray(S, out, c + 3 * cs + L));
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c10.intoArray(out, c + cs);
    c11.intoArray(out, c + cs + L);
    c20.intoArray(out, c + 2 * cs);
    c21.intoArray(out, c + 2 * cs + L);
    c30.intoArray(out, c + 3 * cs);
    c31.intoArray(out, c + 3 * cs + L);
  }
}
