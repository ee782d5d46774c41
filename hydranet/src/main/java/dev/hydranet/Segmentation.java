package dev.hydranet;

import dev.hydranet.drawing.Pixels;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The class of each pixel of an image: the largest logit after resizing, the first of equals, NaN
 * counting as larger than any number. As safe to share between threads as the arrays that it hands
 * out.
 */
public final class Segmentation {
  private final int height;
  private final int width;
  private final Tensor rawLogits; // [1, classes, about height/4, about width/4]
  private final int[] labels; // [height, width]
  private final List<String> classNames;
  private final Palette palette;

  /**
   * Resizes logits to an image and takes the largest.
   *
   * @param rawLogits the network's head, {@code [1, classes, h, w]}; kept, not copied
   * @param classNames a name for each class
   * @param palette a colour for each class
   */
  Segmentation(Tensor rawLogits, int height, int width, List<String> classNames, Palette palette) {
    this.height = height;
    this.width = width;
    this.rawLogits = rawLogits;
    this.labels = new int[height * width];
    this.classNames = classNames;
    this.palette = palette;
    float[] best = new float[width];
    CubicResize.rows(
        rawLogits,
        height,
        width,
        (channel, y, logits) -> raise(best, labels, y * width, channel, logits));
  }

  /** Gives the pixels of one row to a class where its logits are larger than the best so far. */
  private static void raise(float[] best, int[] labels, int at, int channel, float[] logits) {
    if (channel == 0) {
      System.arraycopy(logits, 0, best, 0, best.length);
      return;
    }
    for (int x = 0; x < best.length; x++) {
      // Not "logits > best": a NaN has to win, and then to stay.
      if (!(logits[x] <= best[x]) && !Float.isNaN(best[x])) {
        best[x] = logits[x];
        labels[at + x] = channel;
      }
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

  /** {@return the number of classes} */
  public int classCount() {
    return classNames.size();
  }

  /** {@return the names of the classes, in the order of their indices} */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * {@return the name of a class}
   *
   * @param classIndex from 0 to {@code classCount() - 1}
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public String className(int classIndex) {
    return classNames.get(classIndex);
  }

  /**
   * {@return the class of one pixel, from 0 on}
   *
   * @param x column, 0 at the left
   * @param y row, 0 at the top
   * @throws IndexOutOfBoundsException if the pixel is outside the image
   */
  public int classAt(int x, int y) {
    return labels[Pixels.index(x, y, width, height)];
  }

  /** {@return the class of each pixel, row by row: the segmentation's own array, not a copy} */
  public int[] labels() {
    return labels;
  }

  /** {@return what the network computed, {@code [1, classes, about height/4, about width/4]}} */
  public Tensor rawLogits() {
    return rawLogits;
  }

  /**
   * {@return the logits at the image's size, {@code [1, classes, height, width]}; computed at each
   * call, and large}
   *
   * @throws IllegalArgumentException if they are more than an array can hold
   */
  public Tensor logits() {
    return CubicResize.resize(rawLogits, height, width);
  }

  /** {@return the share of the image's pixels that each class has; together 1} */
  public double[] coverage() {
    double[] share = new double[classCount()];
    for (int label : labels) {
      share[label]++;
    }
    for (int c = 0; c < share.length; c++) {
      share[c] /= labels.length;
    }
    return share;
  }

  /** {@return the colours of the classes of this network} */
  public Palette palette() {
    return palette;
  }

  /** {@return a picture in the network's own colours} */
  public BufferedImage toImage() {
    return toImage(palette);
  }

  /**
   * {@return a picture with each pixel in the colour of its class, sRGB, of the image's size}
   *
   * @param colours at least as many as classes
   * @throws IllegalArgumentException if the palette has fewer colours than the network classes
   */
  public BufferedImage toImage(Palette colours) {
    return Pixels.paint(width, height, rgb -> paint(colours, rgb));
  }

  /**
   * Writes the pixels of {@link #toImage(Palette)} into an existing array, as for a video.
   *
   * @param colours at least as many as classes
   * @param rgb {@code height * width} pixels, overwritten with {@code 0xRRGGBB}
   * @throws IllegalArgumentException if the palette has fewer colours than the network classes, or
   *     the array another length
   */
  public void paint(Palette colours, int[] rgb) {
    if (colours.size() < classCount()) {
      throw new IllegalArgumentException(
          "expected a palette of at least " + classCount() + " colours, found " + colours.size());
    }
    Pixels.checkCount(rgb, width, height);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = colours.rgb(labels[i]);
    }
  }

  /**
   * Writes the image with the network's own colours of the classes laid over it into an existing
   * array.
   *
   * @param image {@code height * width} pixels, the lower 24 bits {@code 0xRRGGBB}
   * @param rgb as many, overwritten with {@code 0xRRGGBB}; may be the image itself
   * @throws IllegalArgumentException if an array has another length
   */
  public void paintOver(int[] image, int[] rgb) {
    Pixels.checkCount(image, width, height);
    Pixels.checkCount(rgb, width, height);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = blend(image[i], palette.rgb(labels[i]));
    }
  }

  private static int blend(int image, int colour) {
    return blendLevels(image >> 16 & 0xff, colour >> 16 & 0xff) << 16
        | blendLevels(image >> 8 & 0xff, colour >> 8 & 0xff) << 8
        | blendLevels(image & 0xff, colour & 0xff);
  }

  /** 45 % of the image shine through, rounded. */
  private static int blendLevels(int below, int above) {
    return (9 * below + 11 * above + 10) / 20;
  }
}
