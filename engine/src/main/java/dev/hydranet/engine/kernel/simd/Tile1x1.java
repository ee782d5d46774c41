package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Clamp;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One pixel by one vector of output channels: images of fewer pixels than a tile has rows. */
final class Tile1x1 {
  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
  private static final int L = S.length();

  private Tile1x1() {}

  /**
   * out = clamp(in * weights + bias + residual) for the pixel at a and the columns of one vector.
   *
   * @param a the first input of the pixel
   * @param w the first weight of the vector's columns
   * @param step weights from one row of the panel to the next
   * @param j the first column, an index into the bias
   * @param r the first residual of the pixel; unused where there is none
   * @param c the first output of the pixel
   */
  static void run(Gemm g, float[] in, int a, int w, int step, int j, int r, int c) {
    float[] weights = g.weights();
    float[] bias = g.bias();
    int depth = g.depth();
    FloatVector c00 = FloatVector.fromArray(S, bias, j);
    for (int k = 0; k < depth; k++) {
      int b = w + k * step;
      FloatVector b0 = FloatVector.fromArray(S, weights, b);
      FloatVector x0 = FloatVector.broadcast(S, in[a + k]);
      c00 = x0.fma(b0, c00);
    }
    if (g.residual() != null) {
      float[] residual = g.residual();
      c00 = c00.add(FloatVector.fromArray(S, residual, r));
    }
    float[] out = g.out();
    Clamp clamp = g.clamp();
    FloatVector low = FloatVector.broadcast(S, clamp.low());
    FloatVector high = FloatVector.broadcast(S, clamp.high());
    SimdKernels.clamp(c00, low, high).intoArray(out, c);
  }
}
