package dev.hydranet.drawing;

/**
 * Brings pictures to a size that is good to look at, by a whole number: small ones are enlarged, so
 * that pixels stay squares; of large ones each pixel is the mean of a square, and what does not
 * fill one at the right or below is cut.
 *
 * @param width of the pictures
 * @param height of the pictures
 */
public record PanelScale(int width, int height) {
  private static final int LONG_SIDE_AT_LEAST = 320;
  private static final int LONG_SIDE_AT_MOST = 1280;

  private int enlarged() {
    return Math.ceilDiv(LONG_SIDE_AT_LEAST, Math.max(width, height));
  }

  /** A picture that is narrower than the factor is shrunk along its long side only. */
  private int across() {
    return Math.min(Math.ceilDiv(Math.max(width, height), LONG_SIDE_AT_MOST), width);
  }

  private int down() {
    return Math.min(Math.ceilDiv(Math.max(width, height), LONG_SIDE_AT_MOST), height);
  }

  /** The width of the results. */
  public int scaledWidth() {
    return width * enlarged() / across();
  }

  /** The height of the results. */
  public int scaledHeight() {
    return height * enlarged() / down();
  }

  /**
   * Scales a picture.
   *
   * @param picture {@code height * width} pixels, {@code 0xRRGGBB}
   * @param scaled as many as the result has, overwritten
   */
  public void apply(int[] picture, int[] scaled) {
    int enlarged = enlarged();
    int across = across();
    int down = down();
    int scaledWidth = scaledWidth();
    int scaledHeight = scaledHeight();
    if (across == 1 && down == 1) {
      for (int y = 0, to = 0; y < scaledHeight; y++) {
        int row = y / enlarged * width;
        for (int x = 0; x < scaledWidth; x++, to++) {
          scaled[to] = picture[row + x / enlarged];
        }
      }
      return;
    }
    for (int y = 0, to = 0; y < scaledHeight; y++) {
      for (int x = 0; x < scaledWidth; x++, to++) {
        scaled[to] = mean(picture, y * down * width + x * across, across, down);
      }
    }
  }

  private int mean(int[] picture, int from, int across, int down) {
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int y = 0; y < down; y++) {
      for (int at = from + y * width; at < from + y * width + across; at++) {
        red += picture[at] >> 16 & 0xff;
        green += picture[at] >> 8 & 0xff;
        blue += picture[at] & 0xff;
      }
    }
    int count = across * down;
    return (int) (red / count << 16 | green / count << 8 | blue / count);
  }
}
