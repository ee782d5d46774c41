package dev.hydranet;

import dev.hydranet.drawing.Pixels;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;

/**
 * The surface normal of each pixel of an image: the network's answer after resizing, divided by its
 * L2 norm. As with NumPy, a vector of zeros has no direction and becomes NaN, and so does one with
 * a NaN. As safe to share between threads as the arrays that it hands out.
 */
public final class NormalMap {
  private static final int X = 0;
  private static final int Y = 1;
  private static final int Z = 2;

  private final int height;
  private final int width;
  private final Tensor raw; // [1, 3, about height/4, about width/4]
  private final Tensor components; // [1, 3, height, width]

  /**
   * Resizes a head of normals to an image.
   *
   * @param raw the network's head, {@code [1, 3, h, w]}; kept, not copied
   */
  NormalMap(Tensor raw, int height, int width) {
    this.height = height;
    this.width = width;
    this.raw = raw;
    this.components = CubicResize.resize(raw, height, width);
    normalise(components.data(), height * width);
  }

  private static void normalise(float[] vectors, int plane) {
    for (int i = 0; i < plane; i++) {
      double x = vectors[i];
      double y = vectors[i + plane];
      double z = vectors[i + 2 * plane];
      double norm = Math.sqrt(x * x + y * y + z * z);
      vectors[i] = (float) (x / norm);
      vectors[i + plane] = (float) (y / norm);
      vectors[i + 2 * plane] = (float) (z / norm);
    }
  }

  /** {@return the image's height} */
  public int height() {
    return height;
  }

  /** {@return the image's width} */
  public int width() {
    return width;
  }

  /**
   * {@return the first component of one pixel's normal, -1 to 1}
   *
   * @param x column, 0 at the left
   * @param y row, 0 at the top
   * @throws IndexOutOfBoundsException if the pixel is outside the image
   */
  public float x(int x, int y) {
    return component(X, x, y);
  }

  /**
   * {@return the second component of one pixel's normal, -1 to 1}
   *
   * @param x column, 0 at the left
   * @param y row, 0 at the top
   * @throws IndexOutOfBoundsException if the pixel is outside the image
   */
  public float y(int x, int y) {
    return component(Y, x, y);
  }

  /**
   * {@return the third component of one pixel's normal, -1 to 1}
   *
   * @param x column, 0 at the left
   * @param y row, 0 at the top
   * @throws IndexOutOfBoundsException if the pixel is outside the image
   */
  public float z(int x, int y) {
    return component(Z, x, y);
  }

  private float component(int channel, int x, int y) {
    return components.data()[channel * height * width + Pixels.index(x, y, width, height)];
  }

  /**
   * {@return all components, x, y and z, {@code [1, 3, height, width]}: the map's own tensor, not a
   * copy}
   */
  public Tensor components() {
    return components;
  }

  /**
   * {@return what the network computed, of any length, {@code [1, 3, about height/4, about
   * width/4]}}
   */
  public Tensor raw() {
    return raw;
  }

  /**
   * {@return a picture of the image's size, sRGB: red is (x + 1) / 2, green (y + 1) / 2, blue (1 -
   * z) / 2, rounded to 8 bits; black where there is no direction}
   */
  public BufferedImage toImage() {
    return Pixels.paint(width, height, this::paint);
  }

  /**
   * Writes the pixels of {@link #toImage} into an existing array, as for a video.
   *
   * @param rgb {@code height * width} pixels, overwritten with {@code 0xRRGGBB}
   * @throws IllegalArgumentException if the array has another length
   */
  public void paint(int[] rgb) {
    Pixels.checkCount(rgb, width, height);
    float[] data = components.data();
    int plane = rgb.length;
    for (int i = 0; i < plane; i++) {
      rgb[i] =
          level(1 + data[i]) << 16
              | level(1 + data[i + plane]) << 8
              | level(1 - data[i + 2 * plane]);
    }
  }

  private static int level(float twice) {
    return Math.round(twice / 2 * 255); // 0 for NaN
  }
}
