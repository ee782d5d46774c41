package dev.hydranet.engine.kernel.simd.gemm;

import dev.hydranet.engine.kernel.simd.vector.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What follows the matrix product of a tile while it is still in the first-level cache: the
 * residual is added, then the clamp applied. Apart from the tiles because with it their methods are
 * too large for the compiler to inline whole, and vectors that cross a call become objects.
 */
final class Finish {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Finish() {}

  /** out = clamp(out). */
  static void clamp(Gemm g, float[] out, int c, int rows, int width) {
    float low = g.clamp().low();
    float high = g.clamp().high();
    for (int row = 0; row < rows; row++) {
      int to = c + row * g.outStride();
      for (int i = to; i < to + width; i += L) {
        FloatVector x = FloatVector.fromArray(S, out, i);
        x = x.blend(low, x.compare(VectorOperators.LT, low));
        x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out, i);
      }
    }
  }

  /** out = clamp(out + residual). */
  static void addAndClamp(Gemm g, int r, float[] out, int c, int rows, int width) {
    float[] residual = g.residual();
    float low = g.clamp().low();
    float high = g.clamp().high();
    for (int row = 0; row < rows; row++) {
      int from = r + row * g.residualStride();
      int to = c + row * g.outStride();
      for (int i = 0; i < width; i += L) {
        FloatVector x =
            FloatVector.fromArray(S, out, to + i).add(FloatVector.fromArray(S, residual, from + i));
        x = x.blend(low, x.compare(VectorOperators.LT, low));
        x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out, to + i);
      }
    }
  }
}
