package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Convolution as its definition has it, one row of the output at a time:
 *
 * <pre>out[n][o][y][x] = bias[o] + sum over c, i, j of
 *     weight[o][c][i][j] * in[n][group(o) + c][y * sy + i * dy - py][x * sx + j * dx - px]</pre>
 *
 * Padding adds nothing to the sum.
 */
final class ReferenceConv2d {
  private ReferenceConv2d() {}

  /**
   * @param in {@code [N, C, H, W]}
   * @param weight {@code [O, C / groups, KH, KW]}
   * @param bias {@code [O]}, or null
   * @param out {@code [N, O, H', W']}
   */
  static void compute(Conv2d conv, Tensor in, Tensor weight, Tensor bias, Tensor out) {
    int outHeight = out.shape().height();
    int outWidth = out.shape().width();
    double[] sums = new double[outWidth];
    int row = 0;
    for (int n = 0; n < out.shape().batch(); n++) {
      for (int o = 0; o < conv.outChannels(); o++) {
        for (int y = 0; y < outHeight; y++) {
          Arrays.fill(sums, bias == null ? 0 : bias.data()[o]);
          addRow(conv, in, weight, n, o, y, sums);
          for (int x = 0; x < outWidth; x++) {
            out.data()[row + x] = (float) sums[x];
          }
          row += outWidth;
        }
      }
    }
  }

  /** Adds to {@code sums} the products that make up row y of output channel o. */
  private static void addRow(
      Conv2d conv, Tensor in, Tensor weight, int n, int o, int y, double[] sums) {
    int height = in.shape().height();
    int groupChannels = conv.inChannels() / conv.groups();
    int group = o / (conv.outChannels() / conv.groups());
    for (int c = 0; c < groupChannels; c++) {
      int plane = (n * conv.inChannels() + group * groupChannels + c) * height;
      for (int i = 0; i < conv.kernel().height(); i++) {
        int inY =
            y * conv.stride().height() + i * conv.dilation().height() - conv.padding().height();
        if (inY >= 0 && inY < height) {
          for (int j = 0; j < conv.kernel().width(); j++) {
            int first = j * conv.dilation().width() - conv.padding().width();
            addProducts(
                weight.at(o, c, i, j),
                in.data(),
                (plane + inY) * in.shape().width(),
                in.shape().width(),
                first,
                conv.stride().width(),
                sums);
          }
        }
      }
    }
  }

  /** {@code sums[x] += w * in[row + first + x * stride]} wherever that is a pixel of the row. */
  private static void addProducts(
      double w, float[] in, int row, int width, int first, int stride, double[] sums) {
    int begin = first >= 0 ? 0 : (-first + stride - 1) / stride;
    int end = first >= width ? 0 : Math.min(sums.length, (width - 1 - first) / stride + 1);
    for (int x = begin; x < end; x++) {
      sums[x] += w * in[row + first + x * stride];
    }
  }
}
