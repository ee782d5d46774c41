package dev.hydranet.engine.verify;

import dev.hydranet.engine.tensor.Tensor;

/**
 * How far a tensor is from the one expected.
 *
 * @param maxAbsolute the largest absolute difference of two elements
 * @param maxRelative the same over the largest finite magnitude among the expected elements: an
 *     element's own magnitude says nothing when it happens to be near zero
 */
public record Difference(double maxAbsolute, double maxRelative) {
  /**
   * Compares two tensors. NaN equals NaN and infinity the same infinity, and -0 equals 0; any other
   * pair with NaN or infinity in it is infinitely far apart.
   *
   * @param actual what is judged
   * @param expected of the same shape
   * @return how far they are apart
   * @throws IllegalArgumentException if their shapes differ
   */
  public static Difference between(Tensor actual, Tensor expected) {
    if (!actual.shape().equals(expected.shape())) {
      throw new IllegalArgumentException(
          "expected shape " + expected.shape() + ", found " + actual.shape());
    }
    double largest = 0;
    double maxAbsolute = 0;
    for (int i = 0; i < expected.data().length; i++) {
      float e = expected.data()[i];
      maxAbsolute = Math.max(maxAbsolute, distance(actual.data()[i], e));
      if (Float.isFinite(e)) {
        largest = Math.max(largest, Math.abs(e));
      }
    }
    return new Difference(maxAbsolute, maxAbsolute == 0 ? 0 : maxAbsolute / largest);
  }

  private static double distance(float a, float b) {
    if (a == b || (Float.isNaN(a) && Float.isNaN(b))) {
      return 0;
    }
    return Float.isFinite(a) && Float.isFinite(b)
        ? Math.abs((double) a - b)
        : Double.POSITIVE_INFINITY;
  }
}
