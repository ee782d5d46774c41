package dev.hydranet.drawing;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
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

  /**
   * Makes sure of an array for an image's pixels.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public static void checkCount(int[] rgb, int width, int height) {
    if (rgb.length != width * height) {
      throw new IllegalArgumentException(
          "expected an array of " + width * height + " pixels, found " + rgb.length);
    }
  }

  /** The pixels of a picture of {@link BufferedImage#TYPE_INT_RGB}, row by row, not a copy. */
  public static int[] of(BufferedImage picture) {
    return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
  }

  /** A picture with the pixels {@code 0xRRGGBB} that a painter writes. */
  public static BufferedImage paint(int width, int height, Consumer<int[]> painter) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    painter.accept(of(image));
    return image;
  }

  /** A picture, from a function of a pixel's number to {@code 0xRRGGBB}. */
  public static BufferedImage toImage(int width, int height, IntUnaryOperator rgb) {
    return paint(width, height, pixels -> Arrays.setAll(pixels, rgb));
  }
}
