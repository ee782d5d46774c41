package dev.hydranet;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Bicubic interpolation, equal to OpenCV's {@code resize} with {@code INTER_CUBIC} on float32: the
 * kernel has a = -0.75, pixels are sampled at their centres, the border is replicated, and nothing
 * is smoothed when shrinking. Source coordinates and coefficients are rounded to float32 where
 * OpenCV rounds them, and sums are in the order of its vector code, so that results differ by one
 * rounding at most.
 *
 * <p>A result is handed on row by row: with forty classes, a whole one is far larger than what is
 * wanted of it.
 */
final class CubicResize {
  private static final int TAPS = 4;

  /** Of each pixel along a side there are {@link #TAPS} numbers in an array. */
  static final int LONGEST_SIDE = Integer.MAX_VALUE / TAPS - 2;

  /** Takes the rows of the result from the top down, all channels of one before the next. */
  interface RowSink {
    /**
     * One row of one channel.
     *
     * @param channel its channel
     * @param y its index
     * @param row its numbers; the next row is written into the same array
     */
    void accept(int channel, int y, float[] row);
  }

  private CubicResize() {}

  /** What resizing takes besides its result: the rows in {@link #rows} and both axes' taps. */
  static long bytes(int channels, int height, int width) {
    long rows = (TAPS * (long) channels + 1) * width;
    long taps = 2L * TAPS * ((long) height + width);
    return Float.BYTES * (rows + taps);
  }

  /** Resizes the planes of {@code [1, C, h, w]} to {@code [1, C, height, width]}. */
  static Tensor resize(Tensor source, int height, int width) {
    Tensor result = Tensor.zeros(Shape.of(1, source.shape().channels(), height, width));
    rows(
        source,
        height,
        width,
        (channel, y, row) ->
            System.arraycopy(row, 0, result.data(), (channel * height + y) * width, width));
    return result;
  }

  /** Resizes the planes of {@code [1, C, h, w]} to {@code height} rows of {@code width}. */
  static void rows(Tensor source, int height, int width, RowSink sink) {
    Shape shape = source.shape();
    if (shape.height() == height && shape.width() == width) {
      copy(source, sink);
      return;
    }
    Taps across = new Taps(shape.width(), width);
    Taps down = new Taps(shape.height(), height);
    // The source rows that a row of the result needs are consecutive: TAPS slots hold them, each
    // resized across once. [slot][channel][width]
    float[][][] slots = new float[TAPS][shape.channels()][width];
    int[] inSlot = new int[TAPS];
    Arrays.fill(inSlot, -1);
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      float[][][] read = new float[TAPS][][];
      for (int tap = 0; tap < TAPS; tap++) {
        int sourceRow = down.index[y * TAPS + tap];
        int slot = sourceRow % TAPS;
        if (inSlot[slot] != sourceRow) {
          across(source, sourceRow, across, slots[slot]);
          inSlot[slot] = sourceRow;
        }
        read[tap] = slots[slot];
      }
      for (int c = 0; c < shape.channels(); c++) {
        down(read[0][c], read[1][c], read[2][c], read[3][c], down.weight, y * TAPS, row);
        sink.accept(c, y, row);
      }
    }
  }

  /** OpenCV copies when there is nothing to resize, which matters to neighbours of infinity. */
  private static void copy(Tensor source, RowSink sink) {
    Shape shape = source.shape();
    float[] row = new float[shape.width()];
    for (int y = 0; y < shape.height(); y++) {
      for (int c = 0; c < shape.channels(); c++) {
        System.arraycopy(source.data(), (c * shape.height() + y) * row.length, row, 0, row.length);
        sink.accept(c, y, row);
      }
    }
  }

  /** One row of all planes, resized to the width of {@code result}. */
  private static void across(Tensor source, int sourceRow, Taps taps, float[][] result) {
    Shape shape = source.shape();
    for (int c = 0; c < result.length; c++) {
      int from = (c * shape.height() + sourceRow) * shape.width();
      across(source.data(), from, taps.index, taps.weight, result[c]);
    }
  }

  private static void across(float[] data, int from, int[] index, float[] weight, float[] out) {
    for (int x = 0; x < out.length; x++) {
      int tap = x * TAPS;
      out[x] =
          data[from + index[tap]] * weight[tap]
              + data[from + index[tap + 1]] * weight[tap + 1]
              + data[from + index[tap + 2]] * weight[tap + 2]
              + data[from + index[tap + 3]] * weight[tap + 3];
    }
  }

  /** The weighted sum of four rows. */
  private static void down(
      float[] r0, float[] r1, float[] r2, float[] r3, float[] weight, int tap, float[] out) {
    float w0 = weight[tap];
    float w1 = weight[tap + 1];
    float w2 = weight[tap + 2];
    float w3 = weight[tap + 3];
    for (int x = 0; x < out.length; x++) {
      out[x] = r0[x] * w0 + (r1[x] * w1 + (r2[x] * w2 + r3[x] * w3));
    }
  }

  /** Where each position along one axis of the result reads, and with what weights. */
  private static final class Taps {
    private final int[] index;
    private final float[] weight;

    Taps(int sourceExtent, int extent) {
      index = new int[extent * TAPS];
      weight = new float[extent * TAPS];
      double scale = 1 / ((double) extent / sourceExtent);
      for (int i = 0; i < extent; i++) {
        float centre = (float) ((i + 0.5) * scale - 0.5);
        int floor = (int) Math.floor(centre);
        weights(centre - floor, i * TAPS);
        for (int tap = 0; tap < TAPS; tap++) {
          index[i * TAPS + tap] = Math.clamp(floor - 1 + tap, 0, sourceExtent - 1);
        }
      }
    }

    /** The cubic convolution kernel at the distances of four neighbours, a = -0.75. */
    private void weights(float t, int at) {
      float a = -0.75f;
      weight[at] = ((a * (t + 1) - 5 * a) * (t + 1) + 8 * a) * (t + 1) - 4 * a;
      weight[at + 1] = ((a + 2) * t - (a + 3)) * t * t + 1;
      weight[at + 2] = ((a + 2) * (1 - t) - (a + 3)) * (1 - t) * (1 - t) + 1;
      weight[at + 3] = 1 - weight[at] - weight[at + 1] - weight[at + 2];
    }
  }
}
