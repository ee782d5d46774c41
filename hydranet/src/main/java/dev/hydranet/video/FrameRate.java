package dev.hydranet.video;

/**
 * Frames a second as a fraction, so that 30000/1001 stays exact.
 *
 * @param numerator frames, at least 1
 * @param denominator the seconds they take, at least 1
 */
public record FrameRate(int numerator, int denominator) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public FrameRate {
    if (numerator < 1 || denominator < 1) {
      throw new IllegalArgumentException(
          "expected a frame rate above 0, found " + numerator + "/" + denominator);
    }
  }

  /** {@return frames a second} */
  public double perSecond() {
    return (double) numerator / denominator;
  }

  /**
   * {@return when a frame is shown, in seconds after the first}
   *
   * @param frame its number, from 0
   */
  public double seconds(long frame) {
    return (double) frame * denominator / numerator;
  }

  /**
   * {@return the rate if only one of several frames is kept}
   *
   * @param frames how many that is, at least 1
   * @throws IllegalArgumentException if the fraction is beyond what it can hold
   */
  public FrameRate dividedBy(int frames) {
    long longer = (long) denominator * frames;
    long common = gcd(numerator, longer);
    if (longer / common > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected a divisor that " + this + " can bear, found " + frames);
    }
    return new FrameRate((int) (numerator / common), (int) (longer / common));
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public String toString() {
    return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
  }
}
