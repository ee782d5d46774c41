package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;

/**
 * The end of a transposed convolution: a pointwise convolution has made all taps of all input
 * pixels, as channels {@code [tap][output]}; each output pixel is the sum of those that fall on it,
 * plus the bias. A unit is a row of the output.
 */
public final class TapSum implements Kernel {
  private final ConvTranspose2d op;
  private final Nhwc in;
  private final float[] bias;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  /**
   * For the taps and the output.
   *
   * @param bias for each output channel
   */
  public TapSum(ConvTranspose2d op, Nhwc in, float[] bias, Clamp clamp, Nhwc out) {
    this.op = op;
    this.in = in;
    this.bias = bias;
    this.clamp = clamp;
    this.out = out;
    this.parts = Parts.of(out.rows(), out.rows(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    int channels = out.channels();
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int image = row / out.height() * in.height();
      int y = row % out.height() + op.before().height();
      for (int x = 0; x < out.width(); x++) {
        int to = out.pixel(row * out.width() + x);
        System.arraycopy(bias, 0, out.data(), to, channels);
        add(image, y, x + op.before().width(), to);
        for (int c = to; c < to + channels; c++) {
          out.data()[c] = clamp.apply(out.data()[c]);
        }
      }
    }
  }

  /** Adds the taps that fall on a pixel, given with what is cut off before it. */
  private void add(int image, int y, int x, int to) {
    int channels = out.channels();
    for (int i = 0; i < op.kernel().height(); i++) {
      int atY = y - i * op.dilation().height();
      int inY = Math.floorDiv(atY, op.stride().height());
      if (inY * op.stride().height() != atY || inY < 0 || inY >= in.height()) {
        continue;
      }
      for (int j = 0; j < op.kernel().width(); j++) {
        int atX = x - j * op.dilation().width();
        int inX = Math.floorDiv(atX, op.stride().width());
        if (inX * op.stride().width() == atX && inX >= 0 && inX < in.width()) {
          int from = in.row(image + inY) + inX * in.stride();
          from += (i * op.kernel().width() + j) * channels;
          for (int c = 0; c < channels; c++) {
            out.data()[to + c] += in.data()[from + c];
          }
        }
      }
    }
  }
}
