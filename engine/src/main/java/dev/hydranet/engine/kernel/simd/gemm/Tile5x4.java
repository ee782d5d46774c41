package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Five pixels by four vectors of columns: 20 accumulators, for processors with 32 vector registers.
 * The compiler moves all loads of a step above its multiply-adds, four weights and five inputs: 29
 * registers. A sixth pixel would make them 34, and two sums would go through memory in every step.
 */
final class Tile5x4 {
  /** Pixels. */
  static final int ROWS = 5;

  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Tile5x4() {}

  /**
   * out = in * weights + start, or, with {@code add}, out = out + in * weights + start, for a block
   * of the depth.
   *
   * @param a the first input of the first pixel
   * @param w the panel's first weight in the block
   * @param j the first column, an index into {@code start}
   * @param c the first output of the first pixel
   */
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
    int a4 = a + 4 * stride;
    FloatVector c00 = FloatVector.fromArray(S, start, j);
    FloatVector c01 = FloatVector.fromArray(S, start, j + L);
    FloatVector c02 = FloatVector.fromArray(S, start, j + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, j + 3 * L);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c12 = c02;
    FloatVector c13 = c03;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c22 = c02;
    FloatVector c23 = c03;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c32 = c02;
    FloatVector c33 = c03;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c42 = c02;
    FloatVector c43 = c03;
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
      FloatVector x2 = FloatVector.broadcast(S, in[a2 + k]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(S, in[a3 + k]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      FloatVector x4 = FloatVector.broadcast(S, in[a4 + k]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
    }
    int cs = g.outStride();
    int c1 = c + cs;
    int c2 = c + 2 * cs;
    int c3 = c + 3 * cs;
    int c4 = c + 4 * cs;
    if (add) {
      c00 = c00.add(FloatVector.fromArray(S, out, c));
      c01 = c01.add(FloatVector.fromArray(S, out, c + L));
      c02 = c02.add(FloatVector.fromArray(S, out, c + 2 * L));
      c03 = c03.add(FloatVector.fromArray(S, out, c + 3 * L));
      c10 = c10.add(FloatVector.fromArray(S, out, c1));
      c11 = c11.add(FloatVector.fromArray(S, out, c1 + L));
      c12 = c12.add(FloatVector.fromArray(S, out, c1 + 2 * L));
      c13 = c13.add(FloatVector.fromArray(S, out, c1 + 3 * L));
      c20 = c20.add(FloatVector.fromArray(S, out, c2));
      c21 = c21.add(FloatVector.fromArray(S, out, c2 + L));
      c22 = c22.add(FloatVector.fromArray(S, out, c2 + 2 * L));
      c23 = c23.add(FloatVector.fromArray(S, out, c2 + 3 * L));
      c30 = c30.add(FloatVector.fromArray(S, out, c3));
      c31 = c31.add(FloatVector.fromArray(S, out, c3 + L));
      c32 = c32.add(FloatVector.fromArray(S, out, c3 + 2 * L));
      c33 = c33.add(FloatVector.fromArray(S, out, c3 + 3 * L));
      c40 = c40.add(FloatVector.fromArray(S, out, c4));
      c41 = c41.add(FloatVector.fromArray(S, out, c4 + L));
      c42 = c42.add(FloatVector.fromArray(S, out, c4 + 2 * L));
      c43 = c43.add(FloatVector.fromArray(S, out, c4 + 3 * L));
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c02.intoArray(out, c + 2 * L);
    c03.intoArray(out, c + 3 * L);
    c10.intoArray(out, c1);
    c11.intoArray(out, c1 + L);
    c12.intoArray(out, c1 + 2 * L);
    c13.intoArray(out, c1 + 3 * L);
    c20.intoArray(out, c2);
    c21.intoArray(out, c2 + L);
    c22.intoArray(out, c2 + 2 * L);
    c23.intoArray(out, c2 + 3 * L);
    c30.intoArray(out, c3);
    c31.intoArray(out, c3 + L);
    c32.intoArray(out, c3 + 2 * L);
    c33.intoArray(out, c3 + 3 * L);
    c40.intoArray(out, c4);
    c41.intoArray(out, c4 + L);
    c42.intoArray(out, c4 + 2 * L);
    c43.intoArray(out, c4 + 3 * L);
  }
}
