package dev.hydranet.images;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Images around arrays of samples, without a copy. */
final class Pictures {
  private static final int[] GREY = {0};
  private static final int[] RGB = {0, 1, 2};

  private Pictures() {}

  /** An image of bytes, row by row: one per pixel for grey, three for red, green and blue. */
  static BufferedImage of(int width, int height, int components, byte[] samples) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(samples, samples.length),
            width,
            height,
            width * components,
            components,
            components == 1 ? GREY : RGB,
            null);
    return new BufferedImage(model(components, DataBuffer.TYPE_BYTE), raster, false, null);
  }

  /** The same of 16 bits. */
  static BufferedImage of(int width, int height, int components, short[] samples) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferUShort(samples, samples.length),
            width,
            height,
            width * components,
            components,
            components == 1 ? GREY : RGB,
            null);
    return new BufferedImage(model(components, DataBuffer.TYPE_USHORT), raster, false, null);
  }

  private static ColorModel model(int components, int type) {
    int space = components == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    return new ComponentColorModel(
        ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, type);
  }

  /**
   * An image of a palette.
   *
   * @param indices a byte per pixel
   * @param palette {@code 0xRRGGBB}; indices beyond it are black
   */
  static BufferedImage of(int width, int height, byte[] indices, int[] palette) {
    int[] colours = new int[1 << Byte.SIZE];
    System.arraycopy(palette, 0, colours, 0, Math.min(palette.length, colours.length));
    IndexColorModel model =
        new IndexColorModel(Byte.SIZE, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(indices, indices.length), width, height, width, 1, GREY, null);
    return new BufferedImage(model, raster, false, null);
  }
}
