package dev.hydranet.video;

/**
 * From Y'CbCr to RGB. Each pixel takes the colour sample of its block, as OpenCV does. A result
 * differs from the exact one, rounded, by at most one level, and only where that lies within
 * 1/20000 of the middle between two levels. Immutable.
 */
public final class YuvToRgb {
  private static final int LEVELS = 256;
  private static final int BITS = 16;
  private static final int NO_COLOUR = 128;

  private final YuvFormat format;
  private final int[] luma = new int[LEVELS];
  private final int[] redOfCr = new int[LEVELS];
  private final int[] greenOfCr = new int[LEVELS];
  private final int[] greenOfCb = new int[LEVELS];
  private final int[] blueOfCb = new int[LEVELS];

  /**
   * Prepares the conversion.
   *
   * @param format of the frames
   */
  public YuvToRgb(YuvFormat format) {
    this.format = format;
    YuvMatrix matrix = format.matrix();
    double lumaScale = format.fullRange() ? 1 : 255.0 / 219;
    double colourScale = format.fullRange() ? 1 : 255.0 / 224;
    int black = format.fullRange() ? 0 : 16;
    double ofCr = 2 * (1 - matrix.red()) * colourScale;
    double ofCb = 2 * (1 - matrix.blue()) * colourScale;
    for (int level = 0; level < LEVELS; level++) {
      int colour = level - NO_COLOUR;
      luma[level] = fixed((level - black) * lumaScale + 0.5);
      redOfCr[level] = fixed(colour * ofCr);
      greenOfCr[level] = fixed(-colour * ofCr * matrix.red() / matrix.green());
      greenOfCb[level] = fixed(-colour * ofCb * matrix.blue() / matrix.green());
      blueOfCb[level] = fixed(colour * ofCb);
    }
  }

  private static int fixed(double value) {
    return (int) Math.round(value * (1 << BITS));
  }

  /**
   * Converts a frame.
   *
   * @param frame of the format
   * @param rgb overwritten with {@code height * width} pixels as {@code 0xRRGGBB}
   * @throws IllegalArgumentException if the frame is of another format, or there are not as many
   *     pixels
   */
  public void convert(YuvFrame frame, int[] rgb) {
    int width = format.width();
    int height = format.height();
    if (!frame.format().equals(format) || rgb.length != width * height) {
      throw new IllegalArgumentException(
          "expected "
              + width * height
              + " pixels and a frame of "
              + format
              + ", found "
              + rgb.length
              + " and "
              + frame.format());
    }
    Chroma chroma = format.chroma();
    for (int row = 0; row < height; row++) {
      int at = row * width;
      if (chroma.isMono()) {
        grey(frame.y(), at, at + width, rgb);
      } else {
        int colour = row / chroma.down() * format.chromaWidth();
        if (chroma.across() == 1) {
          each(frame, at, at + width, colour, rgb);
        } else {
          pairs(frame, at, at + width, colour, rgb);
        }
      }
    }
  }

  private void grey(byte[] y, int from, int to, int[] rgb) {
    for (int i = from; i < to; i++) {
      rgb[i] = level(luma[y[i] & 0xff]) * 0x010101;
    }
  }

  /** A row with a colour sample for each pixel. */
  private void each(YuvFrame frame, int from, int to, int colour, int[] rgb) {
    for (int i = from, c = colour; i < to; i++, c++) {
      int cb = frame.cb()[c] & 0xff;
      int cr = frame.cr()[c] & 0xff;
      rgb[i] =
          pixel(
              luma[frame.y()[i] & 0xff], redOfCr[cr], greenOfCr[cr] + greenOfCb[cb], blueOfCb[cb]);
    }
  }

  /** A row with a colour sample for two pixels; the last may have its own. */
  private void pairs(YuvFrame frame, int from, int to, int colour, int[] rgb) {
    byte[] y = frame.y();
    int c = colour;
    for (int i = from; i < to; i += 2, c++) {
      int cb = frame.cb()[c] & 0xff;
      int cr = frame.cr()[c] & 0xff;
      int red = redOfCr[cr];
      int green = greenOfCr[cr] + greenOfCb[cb];
      int blue = blueOfCb[cb];
      rgb[i] = pixel(luma[y[i] & 0xff], red, green, blue);
      if (i + 1 < to) {
        rgb[i + 1] = pixel(luma[y[i + 1] & 0xff], red, green, blue);
      }
    }
  }

  private static int pixel(int luma, int red, int green, int blue) {
    return level(luma + red) << 16 | level(luma + green) << 8 | level(luma + blue);
  }

  private static int level(int fixed) {
    return Math.clamp(fixed >> BITS, 0, LEVELS - 1);
  }
}
