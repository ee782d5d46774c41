package dev.hydranet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The depths that a picture's colours are spread over; depths themselves are never clipped.
 *
 * @param nearest in metres, the first colour
 * @param farthest in metres, the last colour
 */
public record DepthRange(double nearest, double farthest) {
  /** Streets: 0 to 80 m. */
  public static final DepthRange KITTI = new DepthRange(0, 80);

  /** Rooms: 0 to 8 m. */
  public static final DepthRange NYUD = new DepthRange(0, 8);

  private static final double SHORTEST = 0.001;
  private static final double FARTHEST = 1e6;

  /** Colours are spread over what is left when this share is cut off at either end. */
  private static final double CUT_OFF = 0.02;

  /** Steps in a range, at least, to whose multiples it is rounded. */
  private static final int FEWEST_STEPS = 8;

  /** A wall may have one depth only: the range is at least this share of it long. */
  private static final BigDecimal LEAST_SHARE = new BigDecimal("0.01");

  private static final BigDecimal SHORTEST_ROUNDED = BigDecimal.valueOf(2 * SHORTEST);
  private static final BigDecimal FARTHEST_START = BigDecimal.valueOf(FARTHEST / 2);

  /** Bits of half a float. */
  private static final int HALF = 16;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they are negative, not in order, less than a millimetre
   *     apart or beyond a thousand kilometres
   */
  public DepthRange {
    if (!(nearest >= 0 && farthest - nearest >= SHORTEST && farthest <= FARTHEST)) {
      throw new IllegalArgumentException(
          "expected a depth range of 0 <= nearest < farthest <= 1000000, found "
              + nearest
              + " to "
              + farthest
              + " m");
    }
  }

  /**
   * The range that shows what is in an image: from the 2nd to the 98th percentile of its finite
   * depths, rounded outwards to multiples of 1, 2 or 5 times a power of ten, of which eight or more
   * lie in it. Streets if no depth is finite.
   *
   * @param metres of the pixels, not negative
   */
  static DepthRange of(float[] metres) {
    long count = 0;
    for (float depth : metres) {
      count += Float.isFinite(depth) ? 1 : 0;
    }
    if (count == 0) {
      return KITTI;
    }
    long cutOff = (long) (CUT_OFF * count);
    return rounded(ranked(metres, cutOff), ranked(metres, count - 1 - cutOff));
  }

  /**
   * The finite depth at a given place in ascending order. Numbers that are not negative have the
   * order of their bits: it is found by counting, first by the upper half of these, then among
   * those of one upper half by the lower.
   */
  private static float ranked(float[] metres, long rank) {
    long[] counts = new long[1 << HALF];
    for (float depth : metres) {
      if (Float.isFinite(depth)) {
        counts[Float.floatToRawIntBits(depth) >>> HALF]++;
      }
    }
    long left = rank;
    int upper = 0;
    for (; counts[upper] <= left; upper++) {
      left -= counts[upper];
    }
    Arrays.fill(counts, 0);
    for (float depth : metres) {
      int bits = Float.floatToRawIntBits(depth);
      if (bits >>> HALF == upper) {
        counts[bits & (1 << HALF) - 1]++;
      }
    }
    int lower = 0;
    for (; counts[lower] <= left; lower++) {
      left -= counts[lower];
    }
    return Float.intBitsToFloat(upper << HALF | lower);
  }

  private static DepthRange rounded(float nearest, float farthest) {
    // As they are printed: 3.4 is a multiple of 0.2, the float next to it is not.
    BigDecimal start = new BigDecimal(Float.toString(nearest)).min(FARTHEST_START);
    BigDecimal shortest = start.multiply(LEAST_SHARE).max(SHORTEST_ROUNDED);
    BigDecimal end =
        new BigDecimal(Float.toString(farthest))
            .max(start.add(shortest))
            .min(BigDecimal.valueOf(FARTHEST));
    BigDecimal step = step(end.subtract(start).doubleValue() / FEWEST_STEPS);
    double first = start.divide(step, 0, RoundingMode.FLOOR).multiply(step).doubleValue();
    double last = end.divide(step, 0, RoundingMode.CEILING).multiply(step).doubleValue();
    return new DepthRange(first, Math.min(last, FARTHEST));
  }

  /** The largest of 1, 2 or 5 times a power of ten that is not above a number. */
  private static BigDecimal step(double most) {
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(most)));
    for (int factor : new int[] {5, 2}) {
      BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
      if (step.doubleValue() <= most) {
        return step;
      }
    }
    return power;
  }

  /**
   * {@return where a depth is between the nearest (0) and the farthest (1), as matplotlib computes
   * it; below 0 or above 1 outside of them}
   *
   * @param metres the depth
   */
  public float fraction(float metres) {
    return (metres - (float) nearest) / (float) (farthest - nearest);
  }
}
