package dev.hydranet.drawing;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The pixels of an image of any kind as 8-bit RGB: the numbers that the image stores, as Pillow
 * reads them, not what Java's colour management makes of them. (It takes grey for linear light, for
 * one, and brightens it.)
 *
 * <ul>
 *   <li>Grey gives three equal components; a palette's entries are looked up.
 *   <li>Alpha is dropped, not blended with a background.
 *   <li>Of more than 8 bits the upper 8 are taken; fewer than 8 are scaled to 0..255 and cut.
 *   <li>Floating-point numbers from 0 to 1 are scaled to 0..255 and rounded; others are refused.
 *   <li>A colour profile is ignored.
 *   <li>Signed integers are refused: nobody knows which of them is black.
 *   <li>What is neither RGB, grey nor a palette, or has its colours multiplied by alpha, is
 *       converted to sRGB by the image's own colour model.
 * </ul>
 */
public final class RgbRows {
  /** Takes the rows of an image from the top down. */
  public interface Sink {
    /**
     * One row.
     *
     * @param y its index
     * @param rgb its pixels, the lower 24 bits {@code 0xRRGGBB}, the upper 8 anything; the next row
     *     is written into the same array
     */
    void accept(int y, int[] rgb);
  }

  private final BufferedImage image;
  private final ColorModel model;
  private final Raster raster;
  private final int[] samples;
  private final float[] numbers;

  private RgbRows(BufferedImage image) {
    this.image = image;
    model = image.getColorModel();
    raster = image.getRaster();
    samples = new int[image.getWidth()];
    numbers = isFloatingPoint() ? new float[image.getWidth()] : null;
  }

  /**
   * Reads an image.
   *
   * @throws IllegalArgumentException if its samples are signed integers, or floating-point numbers
   *     outside of 0..1
   */
  public static void read(BufferedImage image, Sink sink) {
    RgbRows rows = new RgbRows(image);
    rows.checkType();
    int[] rgb = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      rows.read(y, rgb);
      sink.accept(y, rgb);
    }
  }

  private void checkType() {
    int type = model.getTransferType();
    boolean integers =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    boolean colours = holds(ColorSpace.TYPE_GRAY, 1) || holds(ColorSpace.TYPE_RGB, 3);
    if (!integers && !(isFloatingPoint() && colours)) {
      throw new IllegalArgumentException(
          "the image: expected colours of unsigned integers, or of RGB or grey from 0 to 1, found "
              + (isFloatingPoint()
                  ? "floating-point numbers of others"
                  : "signed 16-bit integers"));
    }
  }

  private boolean isFloatingPoint() {
    int type = model.getTransferType();
    return type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
  }

  private void read(int y, int[] rgb) {
    int width = rgb.length;
    if (isPacked()) {
      raster.getDataElements(0, y, width, 1, rgb);
    } else if (model instanceof IndexColorModel palette) {
      raster.getSamples(0, y, width, 1, 0, samples);
      for (int x = 0; x < width; x++) {
        rgb[x] = palette.getRGB(samples[x]);
      }
    } else if (holds(ColorSpace.TYPE_GRAY, 1)) {
      component(y, 0);
      for (int x = 0; x < width; x++) {
        rgb[x] = samples[x] * 0x010101;
      }
    } else if (holds(ColorSpace.TYPE_RGB, 3)) {
      component(y, 0);
      for (int x = 0; x < width; x++) {
        rgb[x] = samples[x] << 16;
      }
      component(y, 1);
      for (int x = 0; x < width; x++) {
        rgb[x] |= samples[x] << 8;
      }
      component(y, 2);
      for (int x = 0; x < width; x++) {
        rgb[x] |= samples[x];
      }
    } else {
      image.getRGB(0, y, width, 1, rgb, 0, width);
    }
  }

  /** Whether the pixels are what is wanted, already. */
  private boolean isPacked() {
    return image.getType() == BufferedImage.TYPE_INT_RGB
        || image.getType() == BufferedImage.TYPE_INT_ARGB;
  }

  /** Whether the raster's bands are the colours themselves. */
  private boolean holds(int colourSpace, int components) {
    return model.getColorSpace().getType() == colourSpace
        && model.getNumColorComponents() == components
        && !(model.hasAlpha() && model.isAlphaPremultiplied());
  }

  /** One row of one band, as 8 bits. */
  private void component(int y, int band) {
    if (numbers != null) {
      fractions(y, band);
      return;
    }
    raster.getSamples(0, y, samples.length, 1, band, samples);
    int bits = model.getComponentSize(band);
    if (bits > Byte.SIZE) {
      for (int x = 0; x < samples.length; x++) {
        samples[x] >>>= bits - Byte.SIZE;
      }
    } else if (bits < Byte.SIZE) {
      int most = (1 << bits) - 1;
      for (int x = 0; x < samples.length; x++) {
        samples[x] = samples[x] * 255 / most;
      }
    }
  }

  private void fractions(int y, int band) {
    raster.getSamples(0, y, numbers.length, 1, band, numbers);
    for (int x = 0; x < numbers.length; x++) {
      if (!(numbers[x] >= 0 && numbers[x] <= 1)) {
        throw new IllegalArgumentException(
            "row " + y + " of the image: expected colours from 0 to 1, found " + numbers[x]);
      }
      samples[x] = Math.round(numbers[x] * 255);
    }
  }
}
