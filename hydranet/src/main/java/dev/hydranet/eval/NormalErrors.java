package dev.hydranet.eval;

import java.io.Serializable;

/**
 * The angles between predicted and true surface normals: the measures of Fouhey et al. (ICCV 2013).
 * Not safe for use by several threads at once.
 *
 * <p>A pixel counts where its true normal is known. Where none was predicted, the error is 180
 * degrees. Vectors may be of any length.
 */
public final class NormalErrors implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * A median of hundreds of millions of angles is found by counting them in bins; at that width, an
   * error of the bin's half is a thousandth of what 8 bits a component leave unknown.
   */
  private static final int BINS_PER_DEGREE = 1000;

  private static final double HALF_TURN = 180;

  private long pixels;
  private final ExactSum sum = new ExactSum();
  private final long[] bins = new long[(int) HALF_TURN * BINS_PER_DEGREE + 1];

  /** Without pixels. */
  public NormalErrors() {}

  /**
   * Counts the pixels of an image.
   *
   * @param truth {@code [3, height, width]}: all x, then all y, then all z; zeros where the normal
   *     is unknown
   * @param predicted the same; zeros or NaN where there is none
   * @throws IllegalArgumentException if there are not as many of one as of the other, or not three
   *     a pixel
   */
  public void add(float[] truth, float[] predicted) {
    Counts.check(truth.length, predicted.length);
    int plane = truth.length / 3;
    if (3 * plane != truth.length) {
      throw new IllegalArgumentException(
          "expected three components a pixel, found " + truth.length + " in all");
    }
    double imageSum = 0;
    for (int i = 0; i < plane; i++) {
      float x = truth[i];
      float y = truth[i + plane];
      float z = truth[i + 2 * plane];
      if (x != 0 || y != 0 || z != 0) {
        double degrees =
            degrees(x, y, z, predicted[i], predicted[i + plane], predicted[i + 2 * plane]);
        imageSum += degrees;
        count(degrees);
      }
    }
    sum.add(imageSum);
  }

  /** By the tangent: the rounded cosine of a small angle loses its size. */
  private static double degrees(double ax, double ay, double az, double bx, double by, double bz) {
    double x = ay * bz - az * by;
    double y = az * bx - ax * bz;
    double z = ax * by - ay * bx;
    double cosine = ax * bx + ay * by + az * bz;
    double sine = Math.sqrt(x * x + y * y + z * z);
    double product = sine + Math.abs(cosine); // of the lengths, or a little more
    return product > 0 && product < Double.POSITIVE_INFINITY // NaN is neither
        ? Math.toDegrees(Math.atan2(sine, cosine))
        : HALF_TURN;
  }

  private void count(double degrees) {
    pixels++;
    bins[(int) (degrees * BINS_PER_DEGREE)]++;
  }

  /**
   * Counts all that another measure did.
   *
   * @param other any
   */
  public void addAll(NormalErrors other) {
    pixels += other.pixels;
    sum.addAll(other.sum);
    for (int i = 0; i < bins.length; i++) {
      bins[i] += other.bins[i];
    }
  }

  /** {@return how many pixels were counted} */
  public long pixels() {
    return pixels;
  }

  /** {@return the mean angle in degrees; NaN without pixels} */
  public double mean() {
    return sum.value() / pixels;
  }

  /**
   * {@return the median angle in degrees, to half a thousandth: the mean of the middle two where
   * their number is even; NaN without pixels}
   */
  public double median() {
    return pixels == 0 ? Double.NaN : (ranked((pixels - 1) / 2) + ranked(pixels / 2)) / 2;
  }

  /** The middle of the bin that holds the angle of the given rank. */
  private double ranked(long rank) {
    int bin = 0;
    for (long below = bins[0]; below <= rank; below += bins[bin]) {
      bin++;
    }
    return (bin + 0.5) / BINS_PER_DEGREE;
  }

  /**
   * {@return the share of the pixels whose angle is less than a number of degrees; NaN without
   * pixels}
   *
   * @param degrees 0 to 180, in thousandths; what is between is rounded
   */
  public double under(double degrees) {
    int end = (int) Math.round(degrees * BINS_PER_DEGREE);
    long count = 0;
    for (int bin = 0; bin < end; bin++) {
      count += bins[bin];
    }
    return (double) count / pixels;
  }
}
