package dev.hydranet.cli.explain;

import dev.hydranet.cli.images.ImageFile;
import dev.hydranet.drawing.RgbRows;
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

  /** A JPEG of the colours that a network reads from an image. */
  byte[] jpeg(BufferedImage image) throws IOException {
    BufferedImage shown = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    RgbRows.read(
        image,
        (y, rgb) -> {
          for (int x = 0; y % step == 0 && x < width(); x++) {
            shown.setRGB(x, y / step, rgb[x * step]);
          }
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageFile.write(shown, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
