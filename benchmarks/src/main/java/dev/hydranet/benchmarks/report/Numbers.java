package dev.hydranet.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Many numbers in few words. */
record Numbers(double[] sorted) {
  /** At least one. */
  static Numbers of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("expected numbers, found none");
    }
    return new Numbers(sorted);
  }

  static Numbers of(List<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue));
  }

  double least() {
    return sorted[0];
  }

  double most() {
    return sorted[sorted.length - 1];
  }

  double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** "1.5 to 2.5". */
  String range(int digits) {
    return text(least(), digits) + " to " + text(most(), digits);
  }

  /** "2.1 (1.5 to 2.5)". */
  String medianAndRange(int digits) {
    return text(median(), digits) + " (" + range(digits) + ")";
  }

  /** A number with a given number of digits after the point. */
  static String text(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A share in per cent, without the sign. */
  static String percent(double share) {
    return text(100 * share, 0);
  }
}
