package dev.hydranet.examples.ocr;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Turns pictures into the networks' input: blue, green and red, minus a mean and divided by a
 * deviation. A box at any angle becomes an upright picture.
 *
 * @param means of blue, green and red, from 0 to 1
 * @param deviations of blue, green and red, in the same unit
 */
record Pixels(float[] means, float[] deviations) {
  private static final int CHANNELS = 3;

  /**
   * {@return {@code [1, 3, height, padded]}, zeros to the right of the box}
   *
   * @param image the picture
   * @param box the part of the picture to read; everything around the picture is white
   * @param height of the result
   * @param width of the box in the result
   * @param padded width of the result, at least {@code width}
   */
  Tensor of(BufferedImage image, TextBox box, int height, int width, int padded) {
    Tensor tensor = Tensor.zeros(Shape.of(1, CHANNELS, height, padded));
    // If the box shrinks, each pixel is the mean of several samples.
    int across = Math.max(1, (int) Math.round(box.height() / height));
    int along = Math.max(1, (int) Math.round(box.width() / width));
    double[] colour = new double[CHANNELS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Arrays.fill(colour, 0);
        for (int j = 0; j < across; j++) {
          for (int i = 0; i < along; i++) {
            TextBox.Point at =
                box.at((x + (i + 0.5) / along) / width, (y + (j + 0.5) / across) / height);
            add(image, at.x() - 0.5, at.y() - 0.5, colour);
          }
        }
        for (int c = 0; c < CHANNELS; c++) {
          double value = colour[c] / (255.0 * along * across);
          tensor.data()[(c * height + y) * padded + x] =
              (float) ((value - means[c]) / deviations[c]);
        }
      }
    }
    return tensor;
  }

  /** Adds the colour at a place, a blend of four pixels. */
  private static void add(BufferedImage image, double x, double y, double[] to) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double down = y - top;
    for (int j = 0; j <= 1; j++) {
      for (int i = 0; i <= 1; i++) {
        double share = (i == 0 ? 1 - right : right) * (j == 0 ? 1 - down : down);
        int column = Math.clamp(left + i, 0, image.getWidth() - 1);
        int row = Math.clamp(top + j, 0, image.getHeight() - 1);
        int rgb = image.getRGB(column, row);
        to[0] += share * (rgb & 0xff);
        to[1] += share * (rgb >> 8 & 0xff);
        to[2] += share * (rgb >> 16 & 0xff);
      }
    }
  }
}
