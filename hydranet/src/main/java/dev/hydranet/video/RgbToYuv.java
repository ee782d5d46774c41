package dev.hydranet.video;

import java.util.Arrays;

/**
 * From RGB to Y'CbCr. A colour sample is made from the mean of its block's pixels; columns and rows
 * that a block lacks at the right and the bottom are the last ones again. Grey stays grey exactly.
 * Immutable.
 */
public final class RgbToYuv {
  private static final int BITS = 16;
  private static final int NO_COLOUR = 128;

  private final YuvFormat format;
  private final int lumaRed;
  private final int lumaGreen;
  private final int lumaBlue;
  private final int lumaBase;
  private final int cbRed;
  private final int cbGreen;
  private final int cbBlue;
  private final int crRed;
  private final int crGreen;
  private final int crBlue;

  /**
   * Prepares the conversion.
   *
   * @param format of the frames
   */
  public RgbToYuv(YuvFormat format) {
    this.format = format;
    YuvMatrix matrix = format.matrix();
    double lumaScale = format.fullRange() ? 1 : 219.0 / 255;
    double colourScale = format.fullRange() ? 1 : 224.0 / 255;
    lumaRed = fixed(matrix.red() * lumaScale);
    lumaBlue = fixed(matrix.blue() * lumaScale);
    lumaGreen = fixed(lumaScale) - lumaRed - lumaBlue;
    lumaBase = ((format.fullRange() ? 0 : 16) << BITS) + (1 << BITS - 1);
    double ofCb = colourScale / 2 / (1 - matrix.blue());
    cbRed = fixed(-matrix.red() * ofCb);
    cbBlue = fixed(colourScale / 2);
    cbGreen = -cbRed - cbBlue;
    double ofCr = colourScale / 2 / (1 - matrix.red());
    crRed = fixed(colourScale / 2);
    crBlue = fixed(-matrix.blue() * ofCr);
    crGreen = -crRed - crBlue;
  }

  private static int fixed(double value) {
    return (int) Math.round(value * (1 << BITS));
  }

  /**
   * Converts a picture.
   *
   * @param rgb at least {@code pictureHeight * pictureWidth} pixels as {@code 0xRRGGBB}, higher
   *     bits ignored
   * @param pictureWidth at most the format's; the last column fills the rest
   * @param pictureHeight at most the format's; the last row fills the rest
   * @param frame of the format; overwritten
   * @throws IllegalArgumentException if the frame is of another format or the picture is larger
   */
  public void convert(int[] rgb, int pictureWidth, int pictureHeight, YuvFrame frame) {
    if (!frame.format().equals(format)
        || pictureWidth > format.width()
        || pictureHeight > format.height()) {
      throw new IllegalArgumentException(
          "expected a picture of at most "
              + format
              + ", found "
              + pictureWidth
              + "x"
              + pictureHeight
              + " and "
              + frame.format());
    }
    luma(rgb, pictureWidth, pictureHeight, frame.y());
    if (format.chroma().across() == 1) {
      colours(rgb, pictureWidth, pictureHeight, frame);
    } else if (!format.chroma().isMono()) {
      blocks(rgb, pictureWidth, pictureHeight, frame);
    }
  }

  private void luma(int[] rgb, int pictureWidth, int pictureHeight, byte[] y) {
    int width = format.width();
    for (int row = 0; row < pictureHeight; row++) {
      lumaRow(rgb, row * pictureWidth, pictureWidth, y, row * width);
      int end = row * width + pictureWidth;
      Arrays.fill(y, end, (row + 1) * width, y[end - 1]);
    }
    for (int row = pictureHeight; row < format.height(); row++) {
      System.arraycopy(y, (row - 1) * width, y, row * width, width);
    }
  }

  private void lumaRow(int[] rgb, int from, int count, byte[] y, int to) {
    for (int i = 0; i < count; i++) {
      int pixel = rgb[from + i];
      y[to + i] =
          (byte)
              ((pixel >> 16 & 0xff) * lumaRed
                      + (pixel >> 8 & 0xff) * lumaGreen
                      + (pixel & 0xff) * lumaBlue
                      + lumaBase
                  >> BITS);
    }
  }

  /** A colour sample for each pixel. */
  private void colours(int[] rgb, int pictureWidth, int pictureHeight, YuvFrame frame) {
    for (int row = 0, to = 0; row < format.height(); row++) {
      int line = Math.min(row, pictureHeight - 1) * pictureWidth;
      for (int x = 0; x < format.width(); x++, to++) {
        int pixel = rgb[line + Math.min(x, pictureWidth - 1)];
        colour(pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff, 0, frame, to);
      }
    }
  }

  /** A colour sample for the mean of two pixels side by side, of one row or of two. */
  private void blocks(int[] rgb, int pictureWidth, int pictureHeight, YuvFrame frame) {
    int down = format.chroma().down();
    int whole = pictureWidth / 2; // blocks that lack no column
    for (int row = 0; row < format.chromaHeight(); row++) {
      int upper = Math.min(row * down, pictureHeight - 1) * pictureWidth;
      int lower = Math.min(row * down + down - 1, pictureHeight - 1) * pictureWidth;
      int to = row * format.chromaWidth();
      for (int x = 0; x < format.chromaWidth(); x++) {
        int left = x < whole ? 2 * x : pictureWidth - 1;
        int right = x < whole ? left + 1 : left;
        block(
            rgb[upper + left],
            rgb[upper + right],
            rgb[lower + left],
            rgb[lower + right],
            frame,
            to + x);
      }
    }
  }

  /** Of red and blue together the sums stay apart, since four times 255 needs ten bits. */
  private void block(int a, int b, int c, int d, YuvFrame frame, int to) {
    int redBlue = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
    int green = (a >> 8 & 0xff) + (b >> 8 & 0xff) + (c >> 8 & 0xff) + (d >> 8 & 0xff);
    colour(redBlue >> 16 & 0x3ff, green, redBlue & 0x3ff, 2, frame, to);
  }

  /** Writes the colour of a sum of {@code 1 << bits} pixels. */
  private void colour(int red, int green, int blue, int bits, YuvFrame frame, int to) {
    int shift = BITS + bits;
    int base = (NO_COLOUR << shift) + (1 << shift - 1);
    frame.cb()[to] = level(red * cbRed + green * cbGreen + blue * cbBlue + base >> shift);
    frame.cr()[to] = level(red * crRed + green * crGreen + blue * crBlue + base >> shift);
  }

  /** Only full range goes beyond: pure blue and pure red are half a level above the highest. */
  private static byte level(int value) {
    return (byte) Math.min(value, 255);
  }
}
