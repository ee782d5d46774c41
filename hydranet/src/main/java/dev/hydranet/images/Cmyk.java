package dev.hydranet.images;

/** Inks to red, green and blue without a colour profile, as Pillow does it. */
final class Cmyk {
  private Cmyk() {}

  /** Converts inks, four bytes a pixel with 0 for no ink and 255 for full ink, to three. */
  static byte[] toRgb(byte[] inks) {
    return toRgb(inks, 0);
  }

  /** Converts inverted inks: 255 for no ink and 0 for full ink. */
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
