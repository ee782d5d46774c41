package dev.hydranet.images.vp8;

/** The inverse transforms (RFC 6386, section 14.3 and 14.4). */
final class Transforms {
  /** The square root of 2 times the cosine of pi/8, less 1, in 65536ths. */
  private static final int COSINE = 20091;

  /** The square root of 2 times the sine of pi/8. */
  private static final int SINE = 35468;

  private Transforms() {}

  /**
   * Turns the second block of luma into the DC coefficients of 16 blocks.
   *
   * @param second 16 coefficients
   * @param blocks 16 blocks of 16, of which the first of each is set
   */
  static void walshHadamard(int[] second, int[] blocks) {
    int[] rows = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = second[i] + second[12 + i];
      int b = second[4 + i] + second[8 + i];
      int c = second[4 + i] - second[8 + i];
      int d = second[i] - second[12 + i];
      rows[i] = a + b;
      rows[4 + i] = d + c;
      rows[8 + i] = a - b;
      rows[12 + i] = d - c;
    }
    for (int i = 0; i < 4; i++) {
      int dc = rows[4 * i] + 3;
      int a = dc + rows[4 * i + 3];
      int b = rows[4 * i + 1] + rows[4 * i + 2];
      int c = rows[4 * i + 1] - rows[4 * i + 2];
      int d = dc - rows[4 * i + 3];
      blocks[64 * i] = a + b >> 3;
      blocks[64 * i + 16] = d + c >> 3;
      blocks[64 * i + 32] = a - b >> 3;
      blocks[64 * i + 48] = d - c >> 3;
    }
  }

  /** Adds the inverse cosine transform of 16 coefficients to a block of 4x4 samples. */
  static void addCosine(int[] coefficients, int from, Plane plane, int at) {
    int[] columns = new int[16];
    for (int i = 0; i < 4; i++) {
      int first = coefficients[from + i];
      int second = coefficients[from + 4 + i];
      int third = coefficients[from + 8 + i];
      int fourth = coefficients[from + 12 + i];
      int a = first + third;
      int b = first - third;
      int c = sine(second) - cosine(fourth);
      int d = cosine(second) + sine(fourth);
      columns[4 * i] = a + d;
      columns[4 * i + 1] = b + c;
      columns[4 * i + 2] = b - c;
      columns[4 * i + 3] = a - d;
    }
    for (int y = 0; y < 4; y++) {
      int dc = columns[y] + 4;
      int a = dc + columns[8 + y];
      int b = dc - columns[8 + y];
      int c = sine(columns[4 + y]) - cosine(columns[12 + y]);
      int d = cosine(columns[4 + y]) + sine(columns[12 + y]);
      int to = at + y * plane.stride;
      plane.set(to, plane.get(to) + (a + d >> 3));
      plane.set(to + 1, plane.get(to + 1) + (b + c >> 3));
      plane.set(to + 2, plane.get(to + 2) + (b - c >> 3));
      plane.set(to + 3, plane.get(to + 3) + (a - d >> 3));
    }
  }

  private static int cosine(int value) {
    return (value * COSINE >> 16) + value;
  }

  private static int sine(int value) {
    return value * SINE >> 16;
  }
}
