package dev.hydranet.eval;

/**
 * How far predicted depths are from true ones: the measures of Eigen et al. (NIPS 2014, arXiv
 * 1406.2283). Not safe for use by several threads at once.
 *
 * <p>A pixel counts where its true depth is known, however far it is. Predicted depths are not
 * clipped, but that less than a millimetre counts as one, so that there is a logarithm. Where a
 * counted prediction is NaN, so are the errors.
 */
public final class DepthErrors {
  /** A ratio of depths is looked at against this number and its powers. */
  public static final double RATIO = 1.25;

  /** The highest power. */
  public static final int POWERS = 3;

  private static final double NEAREST_METRES = 0.001;

  private long pixels;
  private double squares;
  private double squaresOfLogs;
  private double relatives;
  private final long[] within = new long[POWERS]; // by power - 1

  /** Without pixels. */
  public DepthErrors() {}

  /**
   * Counts the pixels of an image.
   *
   * @param truth the depth of each pixel in metres; 0 where it is unknown, as is all that is not a
   *     positive finite number
   * @param predicted the depth of each pixel in metres
   * @throws IllegalArgumentException if there are not as many of one as of the other
   */
  public void add(float[] truth, float[] predicted) {
    Counts.check(truth.length, predicted.length);
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] > 0 && truth[i] < Float.POSITIVE_INFINITY) {
        add(truth[i], Math.max(predicted[i], NEAREST_METRES));
      }
    }
  }

  private void add(double truth, double predicted) {
    double error = predicted - truth;
    double errorOfLogs = Math.log(predicted) - Math.log(truth);
    double ratio = Math.max(predicted / truth, truth / predicted);
    pixels++;
    squares += error * error;
    squaresOfLogs += errorOfLogs * errorOfLogs;
    relatives += Math.abs(error) / truth;
    double most = RATIO;
    for (int power = 1; power <= POWERS; power++) {
      if (ratio < most) {
        within[power - 1]++;
      }
      most *= RATIO;
    }
  }

  /**
   * Counts all that another measure did.
   *
   * @param other any
   */
  public void addAll(DepthErrors other) {
    pixels += other.pixels;
    squares += other.squares;
    squaresOfLogs += other.squaresOfLogs;
    relatives += other.relatives;
    for (int i = 0; i < within.length; i++) {
      within[i] += other.within[i];
    }
  }

  /** {@return how many pixels were counted} */
  public long pixels() {
    return pixels;
  }

  /** {@return the root of the mean squared error in metres; NaN without pixels} */
  public double rmse() {
    return Math.sqrt(squares / pixels);
  }

  /** {@return the root of the mean squared error of natural logarithms; NaN without pixels} */
  public double rmseLog() {
    return Math.sqrt(squaresOfLogs / pixels);
  }

  /** {@return the mean of errors over true depths; NaN without pixels} */
  public double absRel() {
    return relatives / pixels;
  }

  /**
   * {@return the share of the pixels whose predicted depth is less than 1.25 to some power times
   * the true one, and the true one less than that times the predicted; NaN without pixels}
   *
   * @param power 1 to 3
   * @throws IndexOutOfBoundsException if it is another
   */
  public double within(int power) {
    return (double) within[power - 1] / pixels;
  }
}
