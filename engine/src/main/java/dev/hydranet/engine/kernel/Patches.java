package dev.hydranet.engine.kernel;

import dev.hydranet.engine.graph.Conv2d;
import java.util.Arrays;

/**
 * Copies what a convolution's kernel sees at a pixel into a row of a matrix ("im2row"), so that a
 * convolution is a matrix product. Columns are in the order tap, then input channel.
 */
public record Patches(Nhwc in, Conv2d conv, Nhwc out) {
  /** Floats in a row: taps times the input channels of a group. */
  public int length() {
    return conv.terms();
  }

  /**
   * Copies the patches of a run of output pixels.
   *
   * @param group whose input channels
   * @param first the first output pixel, counted through all images
   * @param to where its row begins; rows follow each other
   */
  public void copy(int group, int first, int pixels, float[] matrix, int to) {
    int end = first + pixels;
    for (int p = first; p < end; ) {
      int row = p / out.width();
      int rowEnd = Math.min(end, (row + 1) * out.width());
      int top = row % out.height() * conv.stride().height() - conv.padding().height();
      int image = row / out.height() * in.height();
      for (int ky = 0; ky < conv.kernel().height(); ky++) {
        int y = top + ky * conv.dilation().height();
        int line = y < 0 || y >= in.height() ? -1 : in.row(image + y) + group * groupChannels();
        int patch = to + (p - first) * length() + ky * conv.kernel().width() * groupChannels();
        copyLines(line, p % out.width(), rowEnd - p, matrix, patch);
      }
      p = rowEnd;
    }
  }

  /**
   * The same line of the patches of pixels that follow each other in a row.
   *
   * @param line the input row's first value; negative where it is above or below the image
   * @param x the first pixel's column
   */
  private void copyLines(int line, int x, int pixels, float[] matrix, int to) {
    int taps = conv.kernel().width();
    int channels = groupChannels();
    int floats = taps * channels;
    int length = length();
    boolean gapless = in.stride() == channels && conv.dilation().width() == 1;
    for (int p = 0; p < pixels; p++) {
      int left = (x + p) * conv.stride().width() - conv.padding().width();
      int patch = to + p * length;
      if (line < 0) {
        Arrays.fill(matrix, patch, patch + floats, 0);
      } else if (gapless && left >= 0 && left + taps <= in.width()) {
        System.arraycopy(in.data(), line + left * channels, matrix, patch, floats);
      } else {
        copyLine(line, left, matrix, patch);
      }
    }
  }

  private int groupChannels() {
    return conv.inChannels() / conv.groups();
  }

  /** One line of a patch, whose first tap is at the given column. */
  private void copyLine(int row, int left, float[] matrix, int to) {
    int channels = groupChannels();
    int taps = conv.kernel().width();
    for (int kx = 0; kx < taps; kx++) {
      int x = left + kx * conv.dilation().width();
      int tap = to + kx * channels;
      if (x < 0 || x >= in.width()) {
        Arrays.fill(matrix, tap, tap + channels, 0);
      } else {
        System.arraycopy(in.data(), row + x * in.stride(), matrix, tap, channels);
      }
    }
  }

  /**
   * Weights in a checkpoint's order, {@code [outputs][channels][taps]}, as rows of {@code
   * [taps][channels]}.
   */
  public static float[] reorder(float[] weights, int outputs, int channels, int taps) {
    float[] rows = new float[weights.length];
    for (int o = 0; o < outputs; o++) {
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < taps; tap++) {
          rows[(o * taps + tap) * channels + c] = weights[(o * channels + c) * taps + tap];
        }
      }
    }
    return rows;
  }
}
