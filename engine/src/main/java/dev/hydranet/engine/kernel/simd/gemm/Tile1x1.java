package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One pixel by one vector of output channels: images of fewer pixels than a tile has rows. */
final class Tile1x1 {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Tile1x1() {}

  /**
   * As {@link Tile5x4#run}.
   *
   * @param step weights from one row of the panel to the next
   */
  static void run(
      Gemm g,
      float[] in,
      int a,
      int w,
      int step,
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
    FloatVector c00 = FloatVector.fromArray(S, start, j);
    for (int k = 0; k < depth; k++) {
      int b = w + k * step;
      FloatVector b0 = FloatVector.fromArray(S, weights, b);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(b0, c00);
    }
    if (add) {
      c00 = c00.add(FloatVector.fromArray(S, out, c));
    }
    c00.intoArray(out, c);
  }
}
