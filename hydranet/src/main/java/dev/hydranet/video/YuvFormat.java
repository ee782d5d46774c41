package dev.hydranet.video;

/**
 * What the numbers of a Y'CbCr frame mean.
 *
 * @param width in pixels, 1 to {@link #LONGEST_SIDE}
 * @param height in pixels, 1 to {@link #LONGEST_SIDE}
 * @param chroma how many colour samples there are
 * @param matrix which share red, green and blue have in luma
 * @param fullRange true if luma and colour use all of 0 to 255; false if luma uses 16 to 235 and
 *     colour 16 to 240
 */
public record YuvFormat(int width, int height, Chroma chroma, YuvMatrix matrix, boolean fullRange) {
  /** The largest width and height; no array index of a frame overflows below it. */
  public static final int LONGEST_SIDE = 16_384;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if a side is less than 1 or more than {@link #LONGEST_SIDE}
   */
  public YuvFormat {
    if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) {
      throw new IllegalArgumentException(
          "expected frames of 1x1 to "
              + LONGEST_SIDE
              + "x"
              + LONGEST_SIDE
              + " pixels, found "
              + width
              + "x"
              + height);
    }
  }

  /** {@return the width of the colour planes} */
  public int chromaWidth() {
    return chroma.width(width);
  }

  /** {@return the height of the colour planes} */
  public int chromaHeight() {
    return chroma.height(height);
  }

  /**
   * {@return the same with another matrix}
   *
   * @param other which share red, green and blue have in luma
   */
  public YuvFormat withMatrix(YuvMatrix other) {
    return new YuvFormat(width, height, chroma, other, fullRange);
  }
}
