package dev.hydranet;

import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;

/**
 * The distance of each pixel of an image in metres: the absolute value of the network's answer
 * after resizing, not clipped. As safe to share between threads as the arrays that it hands out.
 */
public final class DepthMap {
  private final int height;
  private final int width;
  private final Tensor raw; // [1, 1, about height/4, about width/4]
  private final float[] metres; // [height, width]
  private final DepthRange range;

  /**
   * Resizes a depth head to an image.
   *
   * @param raw the network's head, {@code [1, 1, h, w]}; kept, not copied
   * @param range what pictures show
   */
  DepthMap(Tensor raw, int height, int width, DepthRange range) {
    this.height = height;
    this.width = width;
    this.raw = raw;
    this.metres = new float[height * width];
    this.range = range;
    CubicResize.rows(
        raw,
        height,
        width,
        (channel, y, row) -> {
          for (int x = 0; x < width; x++) {
            metres[y * width + x] = Math.abs(row[x]);
          }
        });
  }

  /** The image's height. */
  public int height() {
    return height;
  }

  /** The image's width. */
  public int width() {
    return width;
  }

  /**
   * The distance of one pixel in metres.
   *
   * @throws IndexOutOfBoundsException if the pixel is outside the image
   */
  public float metresAt(int x, int y) {
    return metres[Pixels.index(x, y, width, height)];
  }

  /** The distance of each pixel in metres, row by row: the map's own array, not a copy. */
  public float[] metres() {
    return metres;
  }

  /** What the network computed, of any sign, {@code [1, 1, about height/4, about width/4]}. */
  public Tensor raw() {
    return raw;
  }

  /** The depths that pictures of this network show. */
  public DepthRange range() {
    return range;
  }

  /** A picture over the network's own range. */
  public BufferedImage toImage(Colormap colours) {
    return toImage(colours, range);
  }

  /**
   * A picture of the image's size, sRGB. What is nearer or farther than the range has its first or
   * last colour; NaN is black.
   */
  public BufferedImage toImage(Colormap colours, DepthRange shown) {
    return Pixels.toImage(width, height, index -> colours.rgb(shown.fraction(metres[index])));
  }
}
