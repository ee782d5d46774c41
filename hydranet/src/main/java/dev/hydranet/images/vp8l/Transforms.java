package dev.hydranet.images.vp8l;

/** What an encoder did to pixels, undone (RFC 9649, section 3.5); pixels are ARGB. */
final class Transforms {
  private Transforms() {}

  /** How many squares of a side of {@code 1 << bits} are next to each other. */
  static int across(int width, int bits) {
    return width + (1 << bits) - 1 >> bits;
  }

  /** Adds green to red and blue. */
  static void addGreen(int[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      int green = pixel >> 8 & 0xff;
      int others = (pixel & 0xff00ff) + (green << 16 | green) & 0xff00ff;
      pixels[i] = pixel & 0xff00ff00 | others;
    }
  }

  /**
   * Adds what green tells of red, and green and red of blue, by the multipliers of each square.
   *
   * @param squares a pixel for each, whose components are the multipliers
   */
  static void addColours(int[] pixels, int width, int[] squares, int bits) {
    int across = across(width, bits);
    for (int i = 0; i < pixels.length; i++) {
      int square = squares[(i / width >> bits) * across + (i % width >> bits)];
      int pixel = pixels[i];
      byte green = (byte) (pixel >> 8);
      int red = (pixel >> 16) + ((byte) square * green >> 5) & 0xff;
      int blue = pixel + ((byte) (square >> 8) * green >> 5);
      blue = blue + ((byte) (square >> 16) * (byte) red >> 5) & 0xff;
      pixels[i] = pixel & 0xff00ff00 | red << 16 | blue;
    }
  }

  /**
   * Looks colours up whose indices are packed into green.
   *
   * @param packed each with {@code 1 << bits} of them
   */
  static int[] unpack(int[] packed, int width, int height, int[] colours, int bits) {
    int across = across(width, bits);
    int indexBits = Byte.SIZE >> bits;
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int green = packed[i / width * across + (x >> bits)] >> 8 & 0xff;
      int index = green >> (x & (1 << bits) - 1) * indexBits & (1 << indexBits) - 1;
      pixels[i] = index < colours.length ? colours[index] : 0;
    }
    return pixels;
  }
}
