package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Six pixels by four vectors of output channels: 24 accumulators, for processors with 32 vector
 * registers. A step of the depth loads four vectors of weights and broadcasts six inputs for 24
 * multiply-adds.
 */
final class Tile6x4 {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Tile6x4() {}

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
    int a5 = a + 5 * stride;
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
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    FloatVector c52 = c02;
    FloatVector c53 = c03;
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
      FloatVector x5 = FloatVector.broadcast(S, in[a5 + k]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      c53 = x5.fma(b3, c53);
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
      c20 = c20.add(FloatVector.fromArray(S, out, c + 2 * cs));
      c21 = c21.add(FloatVector.fromArray(S, out, c + 2 * cs + L));
      c22 = c22.add(FloatVector.fromArray(S, out, c + 2 * cs + 2 * L));
      c23 = c23.add(FloatVector.fromArray(S, out, c + 2 * cs + 3 * L));
      c30 = c30.add(FloatVector.fromArray(S, out, c + 3 * cs));
      c31 = c31.add(FloatVector.fromArray(S, out, c + 3 * cs + L));
      c32 = c32.add(FloatVector.fromArray(S, out, c + 3 * cs + 2 * L));
      c33 = c33.add(FloatVector.fromArray(S, out, c + 3 * cs + 3 * L));
      c40 = c40.add(FloatVector.fromArray(S, out, c + 4 * cs));
      c41 = c41.add(FloatVector.fromArray(S, out, c + 4 * cs + L));
      c42 = c42.add(FloatVector.fromArray(S, out, c + 4 * cs + 2 * L));
      c43 = c43.add(FloatVector.fromArray(S, out, c + 4 * cs + 3 * L));
      c50 = c50.add(FloatVector.fromArray(S, out, c + 5 * cs));
      c51 = c51.add(FloatVector.fromArray(S, out, c + 5 * cs + L));
      c52 = c52.add(FloatVector.fromArray(S, out, c + 5 * cs + 2 * L));
      c53 = c53.add(FloatVector.fromArray(S, out, c + 5 * cs + 3 * L));
    }
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c02.intoArray(out, c + 2 * L);
    c03.intoArray(out, c + 3 * L);
    c10.intoArray(out, c + cs);
    c11.intoArray(out, c + cs + L);
    c12.intoArray(out, c + cs + 2 * L);
    c13.intoArray(out, c + cs + 3 * L);
    c20.intoArray(out, c + 2 * cs);
    c21.intoArray(out, c + 2 * cs + L);
    c22.intoArray(out, c + 2 * cs + 2 * L);
    c23.intoArray(out, c + 2 * cs + 3 * L);
    c30.intoArray(out, c + 3 * cs);
    c31.intoArray(out, c + 3 * cs + L);
    c32.intoArray(out, c + 3 * cs + 2 * L);
    c33.intoArray(out, c + 3 * cs + 3 * L);
    c40.intoArray(out, c + 4 * cs);
    c41.intoArray(out, c + 4 * cs + L);
    c42.intoArray(out, c + 4 * cs + 2 * L);
    c43.intoArray(out, c + 4 * cs + 3 * L);
    c50.intoArray(out, c + 5 * cs);
    c51.intoArray(out, c + 5 * cs + L);
    c52.intoArray(out, c + 5 * cs + 2 * L);
    c53.intoArray(out, c + 5 * cs + 3 * L);
  }
}
