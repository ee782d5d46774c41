package dev.hydranet.engine.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The two halves of a 5x5 max-pool of stride 1 on a row of one block of channels: the maximum of
 * five neighbours in a row, then that of five rows. Between them values are {@link OrderedInts}. At
 * borders the window repeats the nearest pixel, which is inside the window anyway, instead of
 * looking at padding.
 */
final class Pool5x5 {
  /** Channels in a block: a cache line. */
  static final int BLOCK = 16;

  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
  private static final int L = S.length();

  private Pool5x5() {}

  /**
   * The maxima of windows of five pixels.
   *
   * @param a the first pixel's first channel
   * @param stride floats from one pixel to the next
   * @param channels at most a block
   * @param maxima {@code [width][BLOCK]}
   */
  static void row(float[] in, int a, int stride, int width, int channels, float[] maxima, int to) {
    for (int i = 0; i < channels; i += L) {
      // Two pixels ahead of the window's centre is where it meets new ones, until the row ends.
      int ahead = Math.max(0, width - 2);
      int last = a + (width - 1) * stride + i;
      IntVector x2 = load(in, a + i);
      IntVector x0 = x2;
      IntVector x1 = x2;
      IntVector x3 = load(in, Math.min(a + stride + i, last));
      for (int x = 0; x < ahead; x++) {
        IntVector x4 = load(in, a + (x + 2) * stride + i);
        max(x0, x1, x2, x3, x4).intoArray(maxima, to + x * BLOCK + i);
        x0 = x1;
        x1 = x2;
        x2 = x3;
        x3 = x4;
      }
      for (int x = ahead; x < width; x++) {
        max(x0, x1, x2, x3, x3).intoArray(maxima, to + x * BLOCK + i);
        x0 = x1;
        x1 = x2;
        x2 = x3;
      }
    }
  }

  private static FloatVector max(
      IntVector x0, IntVector x1, IntVector x2, IntVector x3, IntVector x4) {
    return x0.max(x1).max(x2.max(x3)).max(x4).reinterpretAsFloats();
  }

  /** The maximum of a pixel's vector in five rows of maxima. */
  static FloatVector column(float[] maxima, int r0, int r1, int r2, int r3, int r4) {
    return OrderedInts.toFloats(
        ordered(maxima, r0)
            .max(ordered(maxima, r1))
            .max(ordered(maxima, r2).max(ordered(maxima, r3)))
            .max(ordered(maxima, r4)));
  }

  private static IntVector load(float[] in, int a) {
    return OrderedInts.of(FloatVector.fromArray(S, in, a));
  }

  private static IntVector ordered(float[] maxima, int a) {
    return FloatVector.fromArray(S, maxima, a).reinterpretAsInts();
  }
}
