package dev.hydranet.engine.reference;

/** The error function in float64. */
final class ErrorFunction {
  /** Beyond it, erf is 1 to the last bit of a float64. */
  private static final double LARGE = 6;

  /** Below it the series is short and loses no digits worth naming, above it the fraction is. */
  private static final double SERIES = 2.5;

  private ErrorFunction() {}

  /** erf(x); NaN for NaN. */
  static double of(double x) {
    double magnitude = Math.abs(x);
    if (magnitude > LARGE) {
      return Math.signum(x);
    }
    return magnitude < SERIES ? series(x) : Math.signum(x) * (1 - complement(magnitude));
  }

  /** The Taylor series: 2 / sqrt(pi) * sum of (-1)^n x^(2n + 1) / (n! (2n + 1)). */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** 1 - erf(x) by its continued fraction (Abramowitz and Stegun, 7.1.14), from the inside out. */
  private static double complement(double x) {
    double fraction = x;
    for (int n = 60; n > 0; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }
}
