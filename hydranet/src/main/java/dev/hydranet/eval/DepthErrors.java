package dev.hydranet.eval;

import java.io.Serializable;

/**
 * How far predicted depths are from true ones: the measures of Eigen et al. (NIPS 2014, arXiv
 * 1406.2283). Not safe for use by several threads at once.
 *
 * <p>A pixel counts where its true depth is known, however far it is. Predicted depths are not
 * clipped, but that less than a millimetre counts as one, so that there is a logarithm. Where a
 * counted prediction is NaN, so are the errors.
 */
public final class DepthErrors implements Serializable {
  private static final long serialVersionUID = 1;

  /** A ratio of depths is looked at against this number and its powers. */
  public static final double RATIO = 1.25;

  /** The highest power. */
  public static final int POWERS = 3;

  private static final double NEAREST_METRES = 0.001;

  private long pixels;
  private final ExactSum squares = new ExactSum();
  private final ExactSum squaresOfLogs = new ExactSum();
  private final ExactSum relatives = new ExactSum();
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
    double imageSquares = 0;
    double imageSquaresOfLogs = 0;
    double imageRelatives = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] > 0 && truth[i] < Float.POSITIVE_INFINITY) {
        double metres = Math.max(predicted[i], NEAREST_METRES);
        double error = metres - truth[i];
        double errorOfLogs = Math.log(metres) - Math.log(truth[i]);
        imageSquares += error * error;
        imageSquaresOfLogs += errorOfLogs * errorOfLogs;
        imageRelatives += Math.abs(error) / truth[i];
        count(truth[i], metres);
      }
    }
    squares.add(imageSquares);
    squaresOfLogs.add(imageSquaresOfLogs);
    relatives.add(imageRelatives);
  }

  private void count(double truth, double predicted) {
    double ratio = Math.max(predicted / truth, truth / predicted);
    pixels++;
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
    squares.addAll(other.squares);
    squaresOfLogs.addAll(other.squaresOfLogs);
    relatives.addAll(other.relatives);
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
    return Math.sqrt(squares.value() / pixels);
  }

  /** {@return the root of the mean squared error of natural logarithms; NaN without pixels} */
  public double rmseLog() {
    return Math.sqrt(squaresOfLogs.value() / pixels);
  }

  /** {@return the mean of errors over true depths; NaN without pixels} */
  public double absRel() {
    return relatives.value() / pixels;
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
