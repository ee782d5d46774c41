package dev.hydranet;

/**
 * The size of an image in pixels.
 *
 * @param height the number of rows, at least 1
 * @param width the number of columns, at least 1
 */
public record ImageSize(int height, int width) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "expected the size of an image, found " + height + "x" + width);
    }
  }

  /**
   * {@return the size that has at most some rows and the same aspect; this one if it has no more}
   * The width is rounded to the nearest number of pixels, halves up, and is at least 1.
   *
   * @param rows the largest height, at least 1
   */
  ImageSize shrunkTo(int rows) {
    if (height <= rows) {
      return this;
    }
    long columns = (2L * width * rows + height) / (2L * height);
    return new ImageSize(rows, (int) Math.max(1, columns));
  }

  /** {@return height x width, as in {@code 240x320}} */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
