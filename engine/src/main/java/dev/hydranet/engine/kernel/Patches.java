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
    int channels = conv.inChannels() / conv.groups();
    int row = to;
    for (int p = first; p < first + pixels; p++) {
      int x = p % out.width();
      int outRow = p / out.width();
      int y = outRow % out.height();
      int image = outRow / out.height();
      for (int ky = 0; ky < conv.kernel().height(); ky++) {
        int iy =
            y * conv.stride().height() - conv.padding().height() + ky * conv.dilation().height();
        boolean inside = iy >= 0 && iy < in.height();
        int line = inside ? in.row(image * in.height() + iy) + group * channels : 0;
        for (int kx = 0; kx < conv.kernel().width(); kx++) {
          int ix =
              x * conv.stride().width() - conv.padding().width() + kx * conv.dilation().width();
          if (inside && ix >= 0 && ix < in.width()) {
            System.arraycopy(in.data(), line + ix * in.stride(), matrix, row, channels);
          } else {
            Arrays.fill(matrix, row, row + channels, 0);
          }
          row += channels;
        }
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
