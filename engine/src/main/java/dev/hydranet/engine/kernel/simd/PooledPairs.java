package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rows of maxima of several 5x5 max-pools one after the other, as {@link Pool5x5} computes
 * them, one vector of channels at a time.
 *
 * <p>Rows lie in memory in pairs, {@code [width][2][L]}. Two windows, one below the other, look at
 * three pairs: loops need few addresses, and read whole cache lines.
 */
final class PooledPairs {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  /** Floats from one pixel of a row to the next: both rows of its pair. */
  static final int STEP = 2 * L;

  /** Windows in a row computed together. */
  private static final int WINDOWS = 4;

  /** Pairs of maxima that are kept: three under the window, one above the image, one below it. */
  static final int PAIRS = 5;

  private PooledPairs() {}

  /** The floats of a pair of rows, with the repeated pixels at their ends. */
  static int pairFloats(int width) {
    return (Math.ceilDiv(width, WINDOWS) * WINDOWS + 2 * Pool5x5.RADIUS) * STEP;
  }

  /** Where a pair of maxima is kept, from the first on. */
  static int pair(int pair, int width, int height) {
    int slot = pair < 0 ? PAIRS - 2 : 2 * pair >= height ? PAIRS - 1 : pair % (PAIRS - 2);
    return slot * pairFloats(width);
  }

  /** Where the first pixel of a pair of ordered integers is, behind the repeated ones. */
  static int first(int ordered) {
    return ordered + Pool5x5.RADIUS * STEP;
  }

  /**
   * A row as it is and as ordered integers.
   *
   * @param a the first pixel's first channel
   * @param stride floats from one pixel to the next
   * @param copy for the row as it is, one of a pair
   * @param ordered for the integers
   */
  static void load(
      float[] in, int a, int stride, int width, float[] memory, int copy, int ordered) {
    int to = first(ordered);
    for (int x = 0; x < width; x++) {
      FloatVector value = FloatVector.fromArray(S, in, a + x * stride);
      value.intoArray(memory, copy + x * STEP);
      // NaN may have its sign set, which would make it the least.
      value = value.blend(Float.NaN, value.compare(VectorOperators.NE, value));
      IntVector bits = value.reinterpretAsInts();
      bits.lanewise(VectorOperators.ASHR, 31)
          .and(Pool5x5.MAGNITUDE)
          .lanewise(VectorOperators.XOR, bits)
          .reinterpretAsFloats()
          .intoArray(memory, to + x * STEP);
    }
  }

  /**
   * The maxima along a pair of rows. Above the first pair and below the last one, its maxima are
   * those of the nearest row; so are those of a row that the last pair lacks.
   *
   * @param ordered the pair, as {@link #load} leaves it
   * @param maxima the first of the {@link #PAIRS} that are kept
   */
  static void across(int pair, int height, int width, float[] memory, int ordered, int maxima) {
    int second = ordered + (2 * pair + 1 < height ? L : 0);
    int to = maxima + pair(pair, width, height);
    across(memory, ordered, width, to);
    across(memory, second, width, to + L);
    if (pair == 0) {
      to = maxima + pair(-1, width, height);
      across(memory, ordered, width, to);
      across(memory, ordered, width, to + L);
    }
    if (2 * pair + 2 >= height) {
      to = maxima + pair(pair + 1, width, height);
      across(memory, second, width, to);
      across(memory, second, width, to + L);
    }
  }

  /** Those along a row, four at a time: neighbouring windows share most of their pixels. */
  static void across(float[] memory, int from, int width, int to) {
    if (width == 0) {
      return;
    }
    int last = first(from) + (width - 1) * STEP;
    FloatVector left = FloatVector.fromArray(S, memory, first(from));
    FloatVector right = FloatVector.fromArray(S, memory, last);
    left.intoArray(memory, from);
    left.intoArray(memory, from + STEP);
    right.intoArray(memory, last + STEP);
    right.intoArray(memory, last + 2 * STEP);
    for (int x = 0; x < width; x += WINDOWS) {
      int a = from + x * STEP;
      int c = to + x * STEP;
      IntVector p0 = FloatVector.fromArray(S, memory, a).reinterpretAsInts();
      IntVector p1 = FloatVector.fromArray(S, memory, a + STEP).reinterpretAsInts();
      IntVector p2 = FloatVector.fromArray(S, memory, a + 2 * STEP).reinterpretAsInts();
      IntVector p3 = FloatVector.fromArray(S, memory, a + 3 * STEP).reinterpretAsInts();
      IntVector p4 = FloatVector.fromArray(S, memory, a + 4 * STEP).reinterpretAsInts();
      IntVector p5 = FloatVector.fromArray(S, memory, a + 5 * STEP).reinterpretAsInts();
      IntVector p6 = FloatVector.fromArray(S, memory, a + 6 * STEP).reinterpretAsInts();
      IntVector p7 = FloatVector.fromArray(S, memory, a + 7 * STEP).reinterpretAsInts();
      IntVector all = p3.max(p4);
      IntVector lower = p1.max(p2).max(all);
      IntVector upper = p5.max(p6).max(all);
      lower.max(p0).reinterpretAsFloats().intoArray(memory, c);
      lower.max(p5).reinterpretAsFloats().intoArray(memory, c + STEP);
      upper.max(p2).reinterpretAsFloats().intoArray(memory, c + 2 * STEP);
      upper.max(p7).reinterpretAsFloats().intoArray(memory, c + 3 * STEP);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    float[] in = HotLoop.tensor().data();
    int floats = pairFloats(HotLoop.WIDTH);
    float[] rows = new float[2 * floats];
    return List.of(
        new HotLoop(
            "PooledPairs.load",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                load(in, 0, HotLoop.CHANNELS, rounds, rows, floats, 0);
              }
            }),
        new HotLoop(
            "PooledPairs.across",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                across(rows, 0, WINDOWS * rounds, floats);
              }
            }));
  }
}
