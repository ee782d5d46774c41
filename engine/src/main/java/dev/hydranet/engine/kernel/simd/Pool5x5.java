package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The halves of a 5x5 max-pool of stride 1 on rows of one block of channels: the maximum of five
 * neighbours in a row, then that of five rows. Neighbouring windows share most of their pixels, so
 * they are computed in pairs: two side by side, two below each other. At borders the window repeats
 * the nearest pixel, which is inside the window anyway, instead of looking at padding.
 *
 * <p>Between the halves values are integers of the floats' order, NaN above all: the maximum of
 * integers is one instruction, that of floats five, for the sake of NaN and -0. The integers of
 * negative floats grow the other way; flipping all bits but the sign turns them round, and back.
 */
final class Pool5x5 {
  /** Channels in a block: a cache line. */
  static final int BLOCK = 16;

  /** Pixels on either side of the centre. */
  static final int RADIUS = 2;

  /** Rows of maxima that two windows, one below the other, look at. */
  static final int ROWS = 2 * RADIUS + 2;

  /** The bits that are flipped where the sign is set. */
  static final int MAGNITUDE = 0x7fffffff;

  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Pool5x5() {}

  /** The floats of a row of maxima: pixels come in pairs. */
  static long maximaFloats(int width) {
    return Math.ceilDiv(width, 2) * 2L * BLOCK;
  }

  /** The floats of a row as ordered integers, with the repeated pixels at its ends. */
  static long orderedFloats(int width) {
    return maximaFloats(width) + 2 * RADIUS * BLOCK;
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
        FloatVector value = FloatVector.fromArray(S, in, a + x * stride + i);
        // NaN may have its sign set, which would make it the least.
        value = value.blend(Float.NaN, value.compare(VectorOperators.NE, value));
        IntVector bits = value.reinterpretAsInts();
        bits.lanewise(VectorOperators.ASHR, 31)
            .and(MAGNITUDE)
            .lanewise(VectorOperators.XOR, bits)
            .reinterpretAsFloats()
            .intoArray(memory, first + x * BLOCK);
      }
      FloatVector left = FloatVector.fromArray(S, memory, first);
      FloatVector right = FloatVector.fromArray(S, memory, first + (width - 1) * BLOCK);
      for (int x = 1; x <= RADIUS; x++) {
        left.intoArray(memory, first - x * BLOCK);
        right.intoArray(memory, first + (width - 1 + x) * BLOCK);
      }
      for (int x = 0; x < width; x += 2) {
        int window = ordered + x * BLOCK + i;
        int c = to + x * BLOCK + i;
        IntVector p0 = FloatVector.fromArray(S, memory, window).reinterpretAsInts();
        IntVector p1 = FloatVector.fromArray(S, memory, window + BLOCK).reinterpretAsInts();
        IntVector p2 = FloatVector.fromArray(S, memory, window + 2 * BLOCK).reinterpretAsInts();
        IntVector p3 = FloatVector.fromArray(S, memory, window + 3 * BLOCK).reinterpretAsInts();
        IntVector p4 = FloatVector.fromArray(S, memory, window + 4 * BLOCK).reinterpretAsInts();
        IntVector p5 = FloatVector.fromArray(S, memory, window + 5 * BLOCK).reinterpretAsInts();
        IntVector both = p1.max(p2).max(p3.max(p4));
        both.max(p0).reinterpretAsFloats().intoArray(memory, c);
        both.max(p5).reinterpretAsFloats().intoArray(memory, c + BLOCK);
      }
    }
  }

  /**
   * Where a row's maxima are kept, in rows from the first of the last six: for a row beyond the
   * image, those of the row nearest to it.
   */
  static int slot(int row, int height) {
    return Math.clamp(row, 0, height - 1) % ROWS;
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    float[] in = HotLoop.tensor().data();
    int line = HotLoop.WIDTH * BLOCK;
    float[] rows = new float[line + (int) orderedFloats(HotLoop.WIDTH)];
    return List.of(
        new HotLoop(
            "Pool5x5.row",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {

                int channels = Math.min(rounds, L);
                row(in, 0, HotLoop.CHANNELS, HotLoop.WIDTH, channels, rows, line, 0);
              }
            }));
  }
}
