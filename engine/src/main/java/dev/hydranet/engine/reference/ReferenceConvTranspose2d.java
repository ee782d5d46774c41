package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/** Each input pixel adds its multiple of the filter to the output, as the definition has it. */
final class ReferenceConvTranspose2d {
  private ReferenceConvTranspose2d() {}

  /**
   * @param in {@code [N, C, H, W]}
   * @param weight {@code [C, O / groups, KH, KW]}
   * @param bias {@code [O]}, or null
   * @param out {@code [N, O, H', W']}
   */
  static void compute(ConvTranspose2d op, Tensor in, Tensor weight, Tensor bias, Tensor out) {
    Shape shape = out.shape();
    int inputs = op.inChannels() / op.groups();
    int outputs = op.outChannels() / op.groups();
    double[] plane = new double[shape.height() * shape.width()];
    for (int n = 0; n < shape.batch(); n++) {
      for (int o = 0; o < op.outChannels(); o++) {
        Arrays.fill(plane, bias == null ? 0 : bias.data()[o]);
        int group = o / outputs;
        for (int c = group * inputs; c < (group + 1) * inputs; c++) {
          add(op, in, weight, n, c, o % outputs, shape, plane);
        }
        int begin = (n * op.outChannels() + o) * plane.length;
        for (int i = 0; i < plane.length; i++) {
          out.data()[begin + i] = (float) plane[i];
        }
      }
    }
  }

  /** Adds what one input channel gives to one output channel. */
  private static void add(
      ConvTranspose2d op,
      Tensor in,
      Tensor weight,
      int n,
      int c,
      int o,
      Shape out,
      double[] plane) {
    for (int y = 0; y < in.shape().height(); y++) {
      for (int x = 0; x < in.shape().width(); x++) {
        double value = in.at(n, c, y, x);
        for (int i = 0; i < op.kernel().height(); i++) {
          int row = y * op.stride().height() + i * op.dilation().height() - op.before().height();
          for (int j = 0; j < op.kernel().width(); j++) {
            int column = x * op.stride().width() + j * op.dilation().width() - op.before().width();
            if (row >= 0 && row < out.height() && column >= 0 && column < out.width()) {
              plane[row * out.width() + column] += value * weight.at(c, o, i, j);
            }
          }
        }
      }
    }
  }
}
