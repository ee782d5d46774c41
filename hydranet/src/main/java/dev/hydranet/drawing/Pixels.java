package dev.hydranet.drawing;

import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/** Pixels numbered row by row, as all results store them. */
public final class Pixels {
  private Pixels() {}

  /**
   * The number of a pixel.
   *
   * @throws IndexOutOfBoundsException if it is outside the image
   */
  public static int index(int x, int y, int width, int height) {
    return Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width);
  }

  /** A picture, from a function of a pixel's number to {@code 0xRRGGBB}. */
  public static BufferedImage toImage(int width, int height, IntUnaryOperator rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = rgb.applyAsInt(y * width + x);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }
}
