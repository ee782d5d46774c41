package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six pixels by one vector of output channels: what an odd number of vectors leaves over. */
final class Tile6x1 {
  /** Pixels. */
  static final int ROWS = 6;

  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Tile6x1() {}

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
    int a4 = a + 4 * stride;
    int a5 = a + 5 * stride;
    FloatVector c00 = FloatVector.fromArray(S, start, j);
    FloatVector c10 = c00;
    FloatVector c20 = c00;
    FloatVector c30 = c00;
    FloatVector c40 = c00;
    FloatVector c50 = c00;
    for (int k = 0; k < depth; k++) {
      int b = w + k * L;
      FloatVector b0 = FloatVector.fromArray(S, weights, b);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(S, in[a1 + k]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(S, in[a2 + k]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(S, in[a3 + k]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(S, in[a4 + k]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(S, in[a5 + k]);
      c50 = x5.fma(b0, c50);
    }
    int cs = g.outStride();
    if (add) {
      c00 = c00.add(FloatVector.fromArray(S, out, c));
      c10 = c10.add(FloatVector.fromArray(S, out, c + cs));
      c20 = c20.add(FloatVector.fromArray(S, out, c + 2 * cs));
      c30 = c30.add(FloatVector.fromArray(S, out, c + 3 * cs));
      c40 = c40.add(FloatVector.fromArray(S, out, c + 4 * cs));
      c50 = c50.add(FloatVector.fromArray(S, out, c + 5 * cs));
    }
    c00.intoArray(out, c);
    c10.intoArray(out, c + cs);
    c20.intoArray(out, c + 2 * cs);
    c30.intoArray(out, c + 3 * cs);
    c40.intoArray(out, c + 4 * cs);
    c50.intoArray(out, c + 5 * cs);
  }
}
