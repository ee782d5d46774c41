package dev.hydranet.drawing;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The pixels of an image of any kind as 8-bit RGB: the numbers that the file holds, as Python's
 * imaging library reads them, not what Java's colour management makes of them. (It takes grey for
 * linear light, for one, and brightens it.)
 *
 * <ul>
 *   <li>Grey gives three equal components; a palette's entries are looked up.
 *   <li>Alpha is dropped, not blended with a background.
 *   <li>Of 16 bits the upper 8 are taken; fewer than 8 are scaled to 0..255 and rounded.
 *   <li>A colour profile is ignored.
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

  private RgbRows() {}

  /**
   * Reads an image.
   *
   * @throws IllegalArgumentException if its colours are floating-point numbers outside of 0..1
   */
  public static void read(BufferedImage image, Sink sink) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int[] rgb = new int[width];
    int[] samples = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      if (isPacked(image)) {
        raster.getDataElements(0, y, width, 1, rgb);
      } else if (model instanceof IndexColorModel palette) {
        raster.getSamples(0, y, width, 1, 0, samples);
        for (int x = 0; x < width; x++) {
          rgb[x] = palette.getRGB(samples[x]);
        }
      } else if (holds(model, ColorSpace.TYPE_GRAY, 1)) {
        component(raster, model, y, 0, samples);
        for (int x = 0; x < width; x++) {
          rgb[x] = samples[x] * 0x010101;
        }
      } else if (holds(model, ColorSpace.TYPE_RGB, 3)) {
        component(raster, model, y, 0, samples);
        for (int x = 0; x < width; x++) {
          rgb[x] = samples[x] << 16;
        }
        component(raster, model, y, 1, samples);
        for (int x = 0; x < width; x++) {
          rgb[x] |= samples[x] << 8;
        }
        component(raster, model, y, 2, samples);
        for (int x = 0; x < width; x++) {
          rgb[x] |= samples[x];
        }
      } else {
        convert(image, y, rgb);
      }
      sink.accept(y, rgb);
    }
  }

  /** Whether the pixels are what is wanted, already. */
  private static boolean isPacked(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_INT_RGB
        || image.getType() == BufferedImage.TYPE_INT_ARGB;
  }

  private static void convert(BufferedImage image, int y, int[] rgb) {
    try {
      image.getRGB(0, y, rgb.length, 1, rgb, 0, rgb.length);
    } catch (IndexOutOfBoundsException e) {
      // Java looks floating-point colours up in tables.
      throw new IllegalArgumentException(
          "row " + y + " of the image: expected colours from 0 to 1, found others", e);
    }
  }

  /** Whether the raster's bands are the colours themselves, as unsigned integers. */
  private static boolean holds(ColorModel model, int colourSpace, int components) {
    int type = model.getTransferType();
    return model.getColorSpace().getType() == colourSpace
        && model.getNumColorComponents() == components
        && !(model.hasAlpha() && model.isAlphaPremultiplied())
        && (type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT)
        && model.getComponentSize(0) <= 16;
  }

  /** One row of one band, as 8 bits. */
  private static void component(Raster raster, ColorModel model, int y, int band, int[] result) {
    raster.getSamples(0, y, result.length, 1, band, result);
    int bits = model.getComponentSize(band);
    int max = (1 << bits) - 1;
    for (int x = 0; bits > 8 && x < result.length; x++) {
      result[x] >>= bits - 8;
    }
    for (int x = 0; bits < 8 && x < result.length; x++) {
      result[x] = (result[x] * 255 + max / 2) / max;
    }
  }
}
