package dev.hydranet.images.vp8;

/** Predicts a macroblock's luma or chroma as a whole (RFC 6386, section 12.2). */
final class MacroblockPrediction {
  private MacroblockPrediction() {}

  /**
   * Predicts a square of samples from those above and to the left.
   *
   * @param at its first sample
   * @param size 16 or 8
   * @param hasAbove whether there is a macroblock above, for {@link BlockMode#DC}
   * @param hasLeft whether there is one to the left
   */
  static void predict(
      Plane plane, int at, int size, BlockMode mode, boolean hasAbove, boolean hasLeft) {
    int mean = mode == BlockMode.DC ? mean(plane, at, size, hasAbove, hasLeft) : 0;
    int corner = plane.get(at - plane.stride - 1);
    for (int y = 0; y < size; y++) {
      int row = at + y * plane.stride;
      int left = plane.get(row - 1);
      for (int x = 0; x < size; x++) {
        int above = plane.get(at - plane.stride + x);
        plane.set(
            row + x,
            switch (mode) {
              case DC -> mean;
              case VERTICAL -> above;
              case HORIZONTAL -> left;
              default -> left + above - corner;
            });
      }
    }
  }

  private static int mean(Plane plane, int at, int size, boolean hasAbove, boolean hasLeft) {
    int count = (hasAbove ? size : 0) + (hasLeft ? size : 0);
    if (count == 0) {
      return 128;
    }
    int sum = count / 2;
    for (int i = 0; i < size; i++) {
      sum += hasAbove ? plane.get(at - plane.stride + i) : 0;
      sum += hasLeft ? plane.get(at - 1 + i * plane.stride) : 0;
    }
    return sum / count;
  }
}
