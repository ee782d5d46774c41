package dev.hydranet.images;

/** Inks to red, green and blue without a colour profile, as Pillow does it. */
final class Cmyk {
  private Cmyk() {}

  /** Inks of which 0 is none and 255 is all, four bytes a pixel, as three. */
  static byte[] toRgb(byte[] inks) {
    return toRgb(inks, 0);
  }

  /** Inks of which 255 is none and 0 is all. */
  static byte[] invertedToRgb(byte[] inks) {
    return toRgb(inks, 0xff);
  }

  private static byte[] toRgb(byte[] inks, int flip) {
    byte[] rgb = new byte[inks.length / 4 * 3];
    for (int from = 0, to = 0; to < rgb.length; from += 4) {
      int light = 255 - (inks[from + 3] & 0xff ^ flip);
      for (int c = 0; c < 3; c++) {
        int product = (inks[from + c] & 0xff ^ flip) * light + 128;
        rgb[to++] = (byte) Math.clamp(light - ((product >> 8) + product >> 8), 0, 255);
      }
    }
    return rgb;
  }
}
