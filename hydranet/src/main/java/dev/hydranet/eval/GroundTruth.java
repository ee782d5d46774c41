package dev.hydranet.eval;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * Reads ground truth out of the pictures in which data sets keep it. The numbers are taken as they
 * are in the file, whatever colours they stand for.
 */
public final class GroundTruth {
  private static final int LEVELS = 255; // above 0, of 8 bits

  private GroundTruth() {}

  /**
   * {@return the class of each pixel, row by row}
   *
   * @param picture one channel of up to 8 bits: grey levels, or the indices of a palette
   * @throws IllegalArgumentException if it is of another kind
   */
  public static int[] labels(BufferedImage picture) {
    SampleModel model = picture.getSampleModel();
    if (model.getNumBands() != 1 || model.getSampleSize(0) > 8) {
      throw wrong("labels as 8-bit grey or as indices of a palette", model);
    }
    return band(picture, 0);
  }

  /**
   * {@return the depth of each pixel in metres, row by row; 0 where it is unknown}
   *
   * @param picture one channel of 16 bits
   * @param scale what a metre is in the picture
   * @throws IllegalArgumentException if it is of another kind
   */
  public static float[] metres(BufferedImage picture, double scale) {
    SampleModel model = picture.getSampleModel();
    if (model.getNumBands() != 1 || model.getSampleSize(0) != 16) {
      throw wrong("depth as 16-bit grey", model);
    }
    int[] levels = band(picture, 0);
    float[] metres = new float[levels.length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = (float) (levels[i] / scale);
    }
    return metres;
  }

  /**
   * {@return the surface normal of each pixel, {@code [3, height, width]}: all x, then all y, then
   * all z; of a length near 1, and zeros where it is unknown}
   *
   * @param picture three channels of 8 bits, coded as {@link dev.hydranet.NormalMap#toImage()}
   *     does; black where the normal is unknown
   * @throws IllegalArgumentException if it is of another kind
   */
  public static float[] normals(BufferedImage picture) {
    SampleModel model = picture.getSampleModel();
    if (model.getNumBands() != 3 || model.getSampleSize(0) != 8) {
      throw wrong("normals as 8-bit RGB", model);
    }
    int[] red = band(picture, 0);
    int[] green = band(picture, 1);
    int[] blue = band(picture, 2);
    int plane = red.length;
    float[] normals = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      if ((red[i] | green[i] | blue[i]) != 0) {
        normals[i] = 2f * red[i] / LEVELS - 1;
        normals[i + plane] = 2f * green[i] / LEVELS - 1;
        normals[i + 2 * plane] = 1 - 2f * blue[i] / LEVELS;
      }
    }
    return normals;
  }

  private static int[] band(BufferedImage picture, int band) {
    Raster raster = picture.getRaster();
    return raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (int[]) null);
  }

  private static IllegalArgumentException wrong(String expected, SampleModel found) {
    int channels = found.getNumBands();
    return new IllegalArgumentException(
        "expected "
            + expected
            + ", found "
            + channels
            + (channels == 1 ? " channel of " : " channels of ")
            + found.getSampleSize(0)
            + " bits");
  }
}
