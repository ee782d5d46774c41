package dev.hydranet;

import dev.hydranet.drawing.Pixels;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The distance of each pixel of an image in metres: the absolute value of the network's answer
 * after resizing, not clipped. As safe to share between threads as the arrays that it hands out.
 */
public final class DepthMap {
  private final int height;
  private final int width;
  private final Tensor raw; // [1, 1, about height/4, about width/4]
  private final float[] metres; // [height, width]
  private final Optional<DepthRange> fixedRange;
  private DepthRange range; // found when asked for; by several threads, the same

  /**
   * Resizes a depth head to an image.
   *
   * @param raw the network's head, {@code [1, 1, h, w]}; kept, not copied
   * @param fixedRange what pictures show; empty for what the image's depths ask for
   */
  DepthMap(Tensor raw, int height, int width, Optional<DepthRange> fixedRange) {
    this.height = height;
    this.width = width;
    this.raw = raw;
    this.metres = new float[height * width];
    this.fixedRange = fixedRange;
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

  /** {@return the image's height} */
  public int height() {
    return height;
  }

  /** {@return the image's width} */
  public int width() {
    return width;
  }

  /**
   * {@return the distance of one pixel in metres}
   *
   * @param x column, 0 at the left
   * @param y row, 0 at the top
   * @throws IndexOutOfBoundsException if the pixel is outside the image
   */
  public float metresAt(int x, int y) {
    return metres[Pixels.index(x, y, width, height)];
  }

  /** {@return the distance of each pixel in metres, row by row: the map's own array, not a copy} */
  public float[] metres() {
    return metres;
  }

  /**
   * {@return what the network computed, of any sign, {@code [1, 1, about height/4, about width/4]}}
   */
  public Tensor raw() {
    return raw;
  }

  /**
   * {@return the depths that pictures show} Some weights fix them ({@link Metadata#depthRange});
   * with others, they are those from the 2nd to the 98th percentile of this image's finite depths,
   * rounded outwards, so that near scenes have all colours, too.
   */
  public DepthRange range() {
    DepthRange known = range;
    if (known == null) {
      known = fixedRange.orElseGet(() -> DepthRange.of(metres));
      range = known;
    }
    return known;
  }

  /**
   * {@return a picture over {@link #range}}
   *
   * @param colours from near to far
   */
  public BufferedImage toImage(Colormap colours) {
    return toImage(colours, range());
  }

  /**
   * {@return a picture of the image's size, sRGB} What is nearer or farther than the range has its
   * first or last colour; NaN is black.
   *
   * @param colours from near to far
   * @param shown the metres that the first and the last colour stand for
   */
  public BufferedImage toImage(Colormap colours, DepthRange shown) {
    return Pixels.paint(width, height, rgb -> paint(colours, shown, rgb));
  }

  /**
   * Writes the pixels of {@link #toImage(Colormap, DepthRange)} into an existing array, as for a
   * video.
   *
   * @param colours from near to far
   * @param shown the metres that the first and the last colour stand for
   * @param rgb {@code height * width} pixels, overwritten with {@code 0xRRGGBB}
   * @throws IllegalArgumentException if the array has another length
   */
  public void paint(Colormap colours, DepthRange shown, int[] rgb) {
    Pixels.checkCount(rgb, width, height);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = colours.rgb(shown.fraction(metres[i]));
    }
  }
}
