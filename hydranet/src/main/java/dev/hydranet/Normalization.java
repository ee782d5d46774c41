package dev.hydranet;

import dev.hydranet.drawing.RgbRows;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * How an image becomes the network's input: {@code (x / 255 - mean) / std}, for red, green and
 * blue, computed in float64 and rounded to float32 once, as NumPy does it.
 *
 * @param mean of the three components, on the scale 0..1
 * @param std their standard deviations
 */
public record Normalization(List<Double> mean, List<Double> std) {
  /** Of the photographs of ImageNet; what all published networks use. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  private static final int COMPONENTS = 3;
  private static final int LEVELS = 256;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are not three of each, one is not finite, or a
   *     standard deviation is not positive
   */
  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != COMPONENTS
        || std.size() != COMPONENTS
        || !mean.stream().allMatch(Double::isFinite)
        || !std.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "expected three finite means and three positive standard deviations, found mean "
              + mean
              + ", std "
              + std);
    }
  }

  /**
   * {@return the input for an image, {@code [1, 3, height, width]}, RGB}
   *
   * <p>Any kind of image will do: grey, palettes, 16 and 32 bits (the upper 8 are used), alpha
   * (dropped, not blended), floating-point numbers from 0 to 1 (scaled to 0..255). Of RGB and grey
   * the stored numbers are taken, whatever colour profile comes with them.
   *
   * @param image of any size and kind
   * @throws IllegalArgumentException if its samples are signed integers, or floating-point numbers
   *     outside of 0..1
   */
  public Tensor apply(BufferedImage image) {
    Tensor input = Tensor.zeros(Shape.of(1, COMPONENTS, image.getHeight(), image.getWidth()));
    apply(image, input);
    return input;
  }

  /**
   * Writes an image into an existing input, shrinking it on the way.
   *
   * @param image of any kind
   * @param size of the input; no larger than the image in either direction
   * @param input {@code [1, 3, size.height(), size.width()]}; overwritten
   * @throws IllegalArgumentException if the input is of another shape, the size is larger than the
   *     image, or the image's samples are signed integers, or floating-point numbers outside of
   *     0..1
   */
  public void shrink(BufferedImage image, ImageSize size, Tensor input) {
    Shape shape = Shape.of(1, COMPONENTS, size.height(), size.width());
    if (!input.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "input: expected shape " + shape + ", found " + input.shape());
    }
    ImageSize whole = new ImageSize(image.getHeight(), image.getWidth());
    RgbRows.Sink rows = new Rows(input);
    RgbRows.read(image, whole.equals(size) ? rows : new AreaAverage(whole, size, rows));
  }

  /**
   * Writes an image into an existing input.
   *
   * @param image of any kind
   * @param input {@code [1, 3, height, width]}, of the image's size; overwritten
   * @throws IllegalArgumentException if the input is not {@code [1, 3, height, width]}, or the
   *     image's samples are signed integers, or floating-point numbers outside of 0..1
   */
  public void apply(BufferedImage image, Tensor input) {
    shrink(image, new ImageSize(image.getHeight(), image.getWidth()), input);
  }

  /** Normalises rows into an input. */
  private final class Rows implements RgbRows.Sink {
    private final float[] red = levels(0);
    private final float[] green = levels(1);
    private final float[] blue = levels(2);
    private final float[] data;
    private final int width;
    private final int plane;

    Rows(Tensor input) {
      data = input.data();
      width = input.shape().width();
      plane = input.shape().height() * width;
    }

    @Override
    public void accept(int y, int[] rgb) {
      int at = y * width;
      for (int x = 0; x < width; x++, at++) {
        data[at] = red[rgb[x] >> 16 & 0xff];
        data[at + plane] = green[rgb[x] >> 8 & 0xff];
        data[at + 2 * plane] = blue[rgb[x] & 0xff];
      }
    }
  }

  private float[] levels(int component) {
    float[] levels = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      levels[level] = (float) ((level / 255.0 - mean.get(component)) / std.get(component));
    }
    return levels;
  }
}
