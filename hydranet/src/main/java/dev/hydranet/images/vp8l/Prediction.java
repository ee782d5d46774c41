package dev.hydranet.images.vp8l;

/** Adds to pixels what their neighbours foretell (RFC 9649, section 3.5.1). */
final class Prediction {
  private static final int BLACK = 0xff000000;

  private Prediction() {}

  /**
   * Adds predictions in place.
   *
   * @param squares a pixel for each square of the image, whose green tells how it is predicted
   * @param bits of a square's side
   */
  static void add(int[] pixels, int width, int[] squares, int bits) {
    int across = Transforms.across(width, bits);
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int prediction;
      if (i == 0) {
        prediction = BLACK;
      } else if (i < width) {
        prediction = pixels[i - 1];
      } else if (x == 0) {
        prediction = pixels[i - width];
      } else {
        int square = squares[(i / width >> bits) * across + (x >> bits)];
        prediction = predict(square >> 8 & 15, pixels, i, width);
      }
      pixels[i] = sum(pixels[i], prediction);
    }
  }

  private static int predict(int mode, int[] pixels, int at, int width) {
    int left = pixels[at - 1];
    int above = pixels[at - width];
    int aboveLeft = pixels[at - width - 1];
    // Of the last column, this is the row's first pixel.
    int aboveRight = pixels[at - width + 1];
    return switch (mode) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> aboveRight;
      case 4 -> aboveLeft;
      case 5 -> mean(mean(left, aboveRight), above);
      case 6 -> mean(left, aboveLeft);
      case 7 -> mean(left, above);
      case 8 -> mean(aboveLeft, above);
      case 9 -> mean(above, aboveRight);
      case 10 -> mean(mean(left, aboveLeft), mean(above, aboveRight));
      case 11 -> nearer(left, above, aboveLeft);
      case 12 -> gradient(left, above, aboveLeft);
      case 13 -> halfGradient(mean(left, above), aboveLeft);
      default -> BLACK;
    };
  }

  static int sum(int a, int b) {
    int alphaAndGreen = (a & 0xff00ff00) + (b & 0xff00ff00) & 0xff00ff00;
    return alphaAndGreen | (a & 0xff00ff) + (b & 0xff00ff) & 0xff00ff;
  }

  private static int mean(int a, int b) {
    return ((a ^ b) >>> 1 & 0x7f7f7f7f) + (a & b);
  }

  private static int nearer(int left, int above, int aboveLeft) {
    int difference = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int corner = aboveLeft >>> shift & 0xff;
      difference +=
          Math.abs((left >>> shift & 0xff) - corner) - Math.abs((above >>> shift & 0xff) - corner);
    }
    return difference <= 0 ? above : left;
  }

  private static int gradient(int left, int above, int aboveLeft) {
    int result = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int value = (left >>> shift & 0xff) + (above >>> shift & 0xff) - (aboveLeft >>> shift & 0xff);
      result |= Math.clamp(value, 0, 255) << shift;
    }
    return result;
  }

  private static int halfGradient(int mean, int aboveLeft) {
    int result = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int level = mean >>> shift & 0xff;
      int value = level + (level - (aboveLeft >>> shift & 0xff)) / 2;
      result |= Math.clamp(value, 0, 255) << shift;
    }
    return result;
  }
}
