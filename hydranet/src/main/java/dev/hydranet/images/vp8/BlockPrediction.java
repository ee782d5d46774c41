package dev.hydranet.images.vp8;

/** Predicts blocks of 4x4 samples from those around them (RFC 6386, section 12.3). */
final class BlockPrediction {
  private final Plane plane;

  /** From the bottom of the left column up, over the corner, and eight along the row above. */
  private final int[] edge = new int[13];

  /** In {@link #edge}, the corner. */
  private static final int CORNER = 4;

  private int at;

  BlockPrediction(Plane plane) {
    this.plane = plane;
  }

  /**
   * Predicts a block.
   *
   * @param at its first sample
   * @param aboveRight the first of the four samples to the right of those above it
   */
  void predict(BlockMode mode, int at, int aboveRight) {
    this.at = at;
    for (int i = 0; i < 4; i++) {
      edge[CORNER - 1 - i] = plane.get(at - 1 + i * plane.stride);
      edge[CORNER + 1 + i] = plane.get(at - plane.stride + i);
      edge[CORNER + 5 + i] = plane.get(aboveRight + i);
    }
    edge[CORNER] = plane.get(at - plane.stride - 1);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        plane.set(at + y * plane.stride + x, value(mode, x, y));
      }
    }
  }

  private int value(BlockMode mode, int x, int y) {
    return switch (mode) {
      case DC -> mean();
      case TRUE_MOTION -> left(y) + above(x) - edge[CORNER];
      case VERTICAL -> smooth(CORNER + 1 + x);
      case HORIZONTAL -> y == 3 ? left(2) + 3 * left(3) + 2 >> 2 : smooth(CORNER - 1 - y);
      case LEFT_DOWN -> x + y == 6 ? above(6) + 3 * above(7) + 2 >> 2 : smooth(CORNER + 2 + x + y);
      case RIGHT_DOWN -> smooth(CORNER + x - y);
      case VERTICAL_RIGHT -> verticalRight(x, y);
      case VERTICAL_LEFT -> verticalLeft(x, y);
      case HORIZONTAL_DOWN -> horizontalDown(x, y);
      case HORIZONTAL_UP -> horizontalUp(x, y);
    };
  }

  private int mean() {
    int sum = 4;
    for (int i = 0; i < 4; i++) {
      sum += left(i) + above(i);
    }
    return sum >> 3;
  }

  private int verticalRight(int x, int y) {
    int along = 2 * x - y;
    if (along < 0) {
      return smooth(CORNER + 1 + along);
    }
    int first = CORNER + x - y / 2;
    return y % 2 == 0 ? between(first) : smooth(first);
  }

  private int verticalLeft(int x, int y) {
    if (x == 3 && y >= 2) {
      return smooth(CORNER + 4 + y);
    }
    int first = CORNER + 1 + x + y / 2;
    return y % 2 == 0 ? between(first) : smooth(first + 1);
  }

  private int horizontalDown(int x, int y) {
    int along = 2 * y - x;
    if (along < 0) {
      return smooth(CORNER - 1 - along);
    }
    int first = CORNER - y + x / 2;
    return x % 2 == 0 ? between(first - 1) : smooth(first);
  }

  private int horizontalUp(int x, int y) {
    int first = y + x / 2;
    if (first >= 3) {
      return left(3);
    }
    if (x % 2 == 0) {
      return left(first) + left(first + 1) + 1 >> 1;
    }
    return left(first) + 2 * left(first + 1) + left(Math.min(first + 2, 3)) + 2 >> 2;
  }

  private int left(int y) {
    return edge[CORNER - 1 - y];
  }

  private int above(int x) {
    return edge[CORNER + 1 + x];
  }

  private int smooth(int middle) {
    return edge[middle - 1] + 2 * edge[middle] + edge[middle + 1] + 2 >> 2;
  }

  private int between(int first) {
    return edge[first] + edge[first + 1] + 1 >> 1;
  }
}
