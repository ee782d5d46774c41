package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two pixels by four vectors of columns, in 14 of 16 vector registers: where panels of three would
 * leave one or two over.
 */
final class Tile2x4 {
  /** Pixels. */
  static final int ROWS = 2;

  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Tile2x4() {}

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
    FloatVector c00 = FloatVector.fromArray(S, start, j);
    FloatVector c01 = FloatVector.fromArray(S, start, j + L);
    FloatVector c02 = FloatVector.fromArray(S, start, j + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, j + 3 * L);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c13 = c03;
    for (int k = 0; k < depth; k++) {
      int b = w + k * 4 * L;
      FloatVector b0 = FloatVector.fromArray(S, weights, b);
      FloatVector b1 = FloatVector.fromArray(S, weights, b + L);
      FloatVector b2 = FloatVector.fromArray(S, weights, b + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, weights, b + 3 * L);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(S, in[a1 + k]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
    }
    int cs = g.outStride();
    if (add) {
      c00 = c00.add(FloatVector.fromArray(S, out, c));
      c01 = c01.add(FloatVector.fromArray(S, out, c + L));
      c02 = c02.add(FloatVector.fromArray(S, out, c + 2 * L));
      c03 = c03.add(FloatVector.fromArray(S, out, c + 3 * L));
      c10 = c10.add(FloatVector.fromArray(S, out, c + cs));
      c11 = c11.add(FloatVector.fromArray(S, out, c + cs + L));
      c12 = c12.add(FloatVector.fromArray(S, out, c + cs + 2 * L));
      c13 = c13.add(FloatVector.fromArray(S, out, c + cs + 3 * L));
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c02.intoArray(out, c + 2 * L);
    c03.intoArray(out, c + 3 * L);
    c10.intoArray(out, c + cs);
    c11.intoArray(out, c + cs + L);
    c12.intoArray(out, c + cs + 2 * L);
    c13.intoArray(out, c + cs + 3 * L);
  }
}
