package dev.hydranet.engine.kernel.general;

/**
 * The error function to float32's precision: a rational approximation (Abramowitz and Stegun,
 * 7.1.26, is too coarse; this one is of the form 7.1.28, raised to an absolute error of 3e-7) would
 * do for pictures, but not for a comparison with other runtimes, so that it is the series and the
 * continued fraction.
 */
final class ErrorFunction {
  private static final double LARGE = 4;
  private static final double SERIES = 2;

  private ErrorFunction() {}

  static double of(double x) {
    double magnitude = Math.abs(x);
    if (magnitude > LARGE) {
      return Math.signum(x);
    }
    if (magnitude < SERIES) {
      double term = x;
      double sum = x;
      for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-9; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      return 2 / Math.sqrt(Math.PI) * sum;
    }
    double fraction = magnitude;
    for (int n = 16; n > 0; n--) {
      fraction = magnitude + n / 2.0 / fraction;
    }
    double complement = Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
    return Math.signum(x) * (1 - complement);
  }
}
