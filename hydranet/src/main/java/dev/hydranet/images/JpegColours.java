package dev.hydranet.images;

/**
 * Luma and chroma to red, green and blue (ITU-T T.871, section 7), in libjpeg's fixed-point
 * numbers.
 */
final class JpegColours {
  private static final int SCALE_BITS = 16;
  private static final int HALF = 1 << SCALE_BITS - 1;
  private static final int RED_OF_CR = fixed(1.40200);
  private static final int GREEN_OF_CB = fixed(0.34414);
  private static final int GREEN_OF_CR = fixed(0.71414);
  private static final int BLUE_OF_CB = fixed(1.77200);
  private static final int ZERO = 128;

  private JpegColours() {}

  private static int fixed(double factor) {
    return (int) (factor * (1 << SCALE_BITS) + 0.5);
  }

  /**
   * Converts the first three components of each pixel in place.
   *
   * @param components of each pixel: 3, which become red, green and blue, or 4, of which they
   *     become the inks that red, green and blue leave out
   */
  static void convert(byte[] samples, int components) {
    int flip = components == 4 ? 0xff : 0;
    for (int i = 0; i + components <= samples.length; i += components) {
      int y = samples[i] & 0xff;
      int cb = (samples[i + 1] & 0xff) - ZERO;
      int cr = (samples[i + 2] & 0xff) - ZERO;
      samples[i] = level(y + (RED_OF_CR * cr + HALF >> SCALE_BITS), flip);
      samples[i + 1] = level(y + (-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF >> SCALE_BITS), flip);
      samples[i + 2] = level(y + (BLUE_OF_CB * cb + HALF >> SCALE_BITS), flip);
    }
  }

  private static byte level(int value, int flip) {
    return (byte) (Math.clamp(value, 0, 255) ^ flip);
  }
}
