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
    int height = conv.kernel().height();
    int line = conv.kernel().width() * groupChannels();
    for (int p = first; p < first + pixels; p++) {
      int x = p % out.width();
      int row = p / out.width();
      int top = row % out.height() * conv.stride().height() - conv.padding().height();
      int left = x * conv.stride().width() - conv.padding().width();
      int image = row / out.height() * in.height();
      for (int ky = 0; ky < height; ky++) {
        int y = top + ky * conv.dilation().height();
        int patch = to + ((p - first) * height + ky) * line;
        if (y < 0 || y >= in.height()) {
          Arrays.fill(matrix, patch, patch + line, 0);
        } else {
          copyLine(in.row(image + y) + group * groupChannels(), left, matrix, patch);
        }
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
    boolean gapless = in.stride() == channels && conv.dilation().width() == 1;
    if (gapless && left >= 0 && left + taps <= in.width()) {
      System.arraycopy(in.data(), row + left * channels, matrix, to, taps * channels);
      return;
    }
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
