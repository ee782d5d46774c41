package dev.hydranet.network;

/** MobileNetV2's width multiplier. */
final class Width {
  private static final int DIVISOR = 8;

  private Width() {}

  /**
   * Channels times a multiplier, rounded to the nearest multiple of 8 that is at least 8 and not
   * below nine tenths of the exact product.
   */
  static int scale(int channels, double multiplier) {
    if (!(multiplier > 0) || Double.isInfinite(multiplier)) {
      throw new IllegalArgumentException("the width must be positive, found " + multiplier);
    }
    double exact = channels * multiplier;
    int rounded = Math.max(DIVISOR, (int) (exact + DIVISOR / 2) / DIVISOR * DIVISOR);
    return rounded < 0.9 * exact ? rounded + DIVISOR : rounded;
  }
}
