package dev.hydranet.engine.kernel.general;

/**
 * The error function to float32's precision: a short series, and a continued fraction beyond it.
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
