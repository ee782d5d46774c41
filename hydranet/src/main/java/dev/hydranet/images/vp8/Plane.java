package dev.hydranet.images.vp8;

import java.util.Arrays;

/**
 * A component's samples, of whole macroblocks, with what prediction sees outside of them: a row of
 * 127 above, which reaches one to the left and four to the right, and a column of 129 to the left.
 */
final class Plane {
  private static final int ABOVE = 127;
  private static final int LEFT = 129;
  private static final int RIGHT_BORDER = 4;

  final byte[] samples;
  final int stride;

  Plane(int width, int height) {
    stride = 1 + width + RIGHT_BORDER;
    samples = new byte[(height + 1) * stride];
    Arrays.fill(samples, 0, stride, (byte) ABOVE);
    for (int y = 0; y < height; y++) {
      samples[at(-1, y)] = (byte) LEFT;
    }
  }

  /** The index of a sample. */
  int at(int x, int y) {
    return (y + 1) * stride + x + 1;
  }

  /** A sample, 0 to 255. */
  int get(int at) {
    return samples[at] & 0xff;
  }

  /** Stores what lies between 0 and 255, or the nearest that does. */
  void set(int at, int value) {
    samples[at] = (byte) Math.clamp(value, 0, 255);
  }
}
