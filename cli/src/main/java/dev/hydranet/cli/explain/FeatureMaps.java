package dev.hydranet.cli.explain;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Maps of a layer's most active channels: those that differ most over the image, the first of
 * equals first.
 *
 * @param width of one map
 * @param height of one map
 * @param reduction how many values, both ways, each pixel of a map is the mean of
 * @param channels the maps', the most active first
 * @param levels the maps one below the other, each from its least value (0) to its greatest ({@link
 *     #LEVELS} - 1)
 */
public record FeatureMaps(
    int width, int height, int reduction, List<Channel> channels, int[] levels) {
  /** As many as the eye tells apart in a small picture. */
  static final int LEVELS = 64;

  private static final int MAPS = 8;
  private static final int LONGEST_SIDE = 120;

  /**
   * One of them.
   *
   * @param index in the layer's output
   * @param deviation of its values, before they are reduced
   * @param least of the map's pixels
   * @param greatest of the map's pixels
   */
  public record Channel(int index, double deviation, double least, double greatest) {}

  /** The maps of a value, {@code [1, channels, height, width]}. */
  public static FeatureMaps of(Tensor value) {
    Shape shape = value.shape();
    int side = Math.max(shape.height(), shape.width());
    int reduction = Math.ceilDiv(side, LONGEST_SIDE);
    int width = Math.ceilDiv(shape.width(), reduction);
    int height = Math.ceilDiv(shape.height(), reduction);
    double[] deviations =
        IntStream.range(0, shape.channels()).mapToDouble(c -> deviation(value, c)).toArray();
    List<Integer> indices =
        IntStream.range(0, shape.channels())
            .boxed()
            .sorted(Comparator.comparing(c -> -deviations[c]))
            .limit(MAPS)
            .toList();
    int pixels = height * width;
    int[] levels = new int[indices.size() * pixels];
    List<Channel> channels = new ArrayList<>();
    for (int index : indices) {
      double[] map = reduced(value, index, reduction, height, width);
      DoubleSummaryStatistics range = Arrays.stream(map).summaryStatistics();
      int first = channels.size() * pixels;
      for (int p = 0; p < pixels; p++) {
        levels[first + p] = level(map[p], range.getMin(), range.getMax());
      }
      channels.add(new Channel(index, deviations[index], range.getMin(), range.getMax()));
    }
    return new FeatureMaps(width, height, reduction, List.copyOf(channels), levels);
  }

  private static int level(double value, double least, double greatest) {
    double fraction = (value - least) / (greatest - least);
    return (int) Math.round((LEVELS - 1) * fraction); // 0 where all are equal
  }

  private static double deviation(Tensor value, int channel) {
    int plane = value.shape().height() * value.shape().width();
    double sum = 0;
    double squares = 0;
    for (int i = channel * plane; i < (channel + 1) * plane; i++) {
      sum += value.data()[i];
      squares += (double) value.data()[i] * value.data()[i];
    }
    double mean = sum / plane;
    return Math.sqrt(Math.max(0, squares / plane - mean * mean));
  }

  /** Means of square patches; at the right and below, of what is left of them. */
  private static double[] reduced(Tensor value, int channel, int reduction, int height, int width) {
    double[] map = new double[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        map[y * width + x] = mean(value, channel, y * reduction, x * reduction, reduction);
      }
    }
    return map;
  }

  private static double mean(Tensor value, int channel, int top, int left, int reduction) {
    int bottom = Math.min(top + reduction, value.shape().height());
    int right = Math.min(left + reduction, value.shape().width());
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += value.at(0, channel, y, x);
      }
    }
    return sum / ((bottom - top) * (right - left));
  }
}
