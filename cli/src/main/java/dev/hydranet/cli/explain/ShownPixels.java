package dev.hydranet.cli.explain;

import dev.hydranet.Normalization;
import dev.hydranet.cli.images.ImageFile;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.IntUnaryOperator;

/**
 * The pixels of an image that a page shows: all, or of a large image every step-th both ways, so
 * that pages stay small.
 *
 * @param imageHeight of the whole image
 * @param imageWidth of the whole image
 */
record ShownPixels(int imageHeight, int imageWidth, int step) {
  private static final int PIXELS_AT_MOST = 1 << 20;

  /** Those of an image of this size. */
  static ShownPixels of(int imageHeight, int imageWidth) {
    long pixels = (long) imageHeight * imageWidth;
    int step = 1;
    while (pixels / step / step > PIXELS_AT_MOST) {
      step++;
    }
    return new ShownPixels(imageHeight, imageWidth, step);
  }

  int width() {
    return Math.ceilDiv(imageWidth, step);
  }

  int height() {
    return Math.ceilDiv(imageHeight, step);
  }

  /** Row by row what a function says of a pixel, given its index in the whole image. */
  int[] of(IntUnaryOperator valueOfPixel) {
    int[] values = new int[height() * width()];
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        values[y * width() + x] = valueOfPixel.applyAsInt(y * step * imageWidth + x * step);
      }
    }
    return values;
  }

  /**
   * A JPEG of the colours that a network was given.
   *
   * @param input {@code [1, 3, imageHeight, imageWidth]}
   */
  byte[] jpeg(Tensor input, Normalization normalization) throws IOException {
    int plane = imageHeight * imageWidth;
    int[] rgb =
        of(
            index -> {
              int colour = 0;
              for (int c = 0; c < 3; c++) {
                double value =
                    input.data()[c * plane + index] * normalization.std().get(c)
                        + normalization.mean().get(c);
                colour = colour << 8 | Math.clamp(Math.round(value * 255), 0, 255);
              }
              return colour;
            });
    BufferedImage shown = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    shown.setRGB(0, 0, width(), height(), rgb, 0, width());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageFile.write(shown, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
