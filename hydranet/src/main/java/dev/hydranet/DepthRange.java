package dev.hydranet;

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
   * {@return where a depth is between the nearest (0) and the farthest (1), as matplotlib computes
   * it; below 0 or above 1 outside of them}
   *
   * @param metres the depth
   */
  public float fraction(float metres) {
    return (metres - (float) nearest) / (float) (farthest - nearest);
  }
}
