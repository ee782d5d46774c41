package dev.hydranet.engine.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The halves of a 5x5 max-pool of stride 1 on a row of one block of channels: the maximum of five
 * neighbours in a row, then that of five rows. Between them values are {@link OrderedInts}. At
 * borders the window repeats the nearest pixel, which is inside the window anyway, instead of
 * looking at padding.
 */
final class Pool5x5 {
  /** Channels in a block: a cache line. */
  static final int BLOCK = 16;

  /** Pixels on either side of the centre. */
  static final int RADIUS = 2;

  /** Pixels in a row of the window, and rows in it. */
  static final int WINDOW = 2 * RADIUS + 1;

  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
  private static final int L = S.length();

  private Pool5x5() {}

  /** The floats of a row as ordered integers, with the repeated pixels at its ends. */
  static long orderedFloats(int width) {
    return (width + 2L * RADIUS) * BLOCK;
  }

  /**
   * The maxima of windows of five pixels in a row.
   *
   * @param a the first pixel's first channel
   * @param stride floats from one pixel to the next
   * @param channels at most a block
   * @param memory for the maxima, {@code [width][BLOCK]} from {@code to} on, and from {@code
   *     ordered} on for {@link #orderedFloats}. The row is written there first: a window that is
   *     carried along in variables would have the compiler make objects of its vectors
   */
  static void row(
      float[] in, int a, int stride, int width, int channels, float[] memory, int ordered, int to) {
    for (int i = 0; i < channels; i += L) {
      int first = ordered + RADIUS * BLOCK + i;
      for (int x = 0; x < width; x++) {
        OrderedInts.of(FloatVector.fromArray(S, in, a + x * stride + i))
            .reinterpretAsFloats()
            .intoArray(memory, first + x * BLOCK);
      }
      FloatVector left = FloatVector.fromArray(S, memory, first);
      FloatVector right = FloatVector.fromArray(S, memory, first + (width - 1) * BLOCK);
      for (int x = 1; x <= RADIUS; x++) {
        left.intoArray(memory, first - x * BLOCK);
        right.intoArray(memory, first + (width - 1 + x) * BLOCK);
      }
      for (int x = 0; x < width; x++) {
        int window = ordered + x * BLOCK + i;
        max(
                memory,
                window,
                window + BLOCK,
                window + 2 * BLOCK,
                window + 3 * BLOCK,
                window + 4 * BLOCK)
            .reinterpretAsFloats()
            .intoArray(memory, to + x * BLOCK + i);
      }
    }
  }

  /**
   * Where a row's maxima are kept, in rows from the first of the last five: for a row beyond the
   * image, those of the row nearest to it.
   */
  static int slot(int row, int height) {
    return Math.clamp(row, 0, height - 1) % WINDOW;
  }

  /** The maximum of a pixel's vector in five rows of maxima. */
  static FloatVector column(float[] maxima, int r0, int r1, int r2, int r3, int r4) {
    return OrderedInts.toFloats(max(maxima, r0, r1, r2, r3, r4));
  }

  private static IntVector max(float[] ordered, int a0, int a1, int a2, int a3, int a4) {
    return load(ordered, a0)
        .max(load(ordered, a1))
        .max(load(ordered, a2).max(load(ordered, a3)))
        .max(load(ordered, a4));
  }

  private static IntVector load(float[] ordered, int a) {
    return FloatVector.fromArray(S, ordered, a).reinterpretAsInts();
  }
}
