package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;

/** Depthwise convolution, tap by tap, straight into the output. */
final class ScalarDepthwise implements Kernel {
  private final Nhwc in;
  private final Conv2d conv;
  private final ChannelFilter filter;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  ScalarDepthwise(
      Nhwc in, Conv2d conv, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.conv = conv;
    this.filter = filter;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    this.parts = Parts.of(out.rows(), out.rows(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return out.batch() * filter.channels() * Window.taps(conv, in, out);
  }

  @Override
  public long weightFloats() {
    return filter.floats();
  }

  @Override
  public void run(int part, float[] scratch) {
    int kernel = conv.kernel().width();
    int dilation = conv.dilation().width();
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int top = row % out.height() * conv.stride().height() - conv.padding().height();
      int image = row / out.height() * in.height();
      int kyBegin = Window.first(top, conv.dilation().height());
      int kyEnd = Window.end(top, conv.dilation().height(), conv.kernel().height(), in.height());
      for (int x = 0; x < out.width(); x++) {
        int left = x * conv.stride().width() - conv.padding().width();
        int kxBegin = Window.first(left, dilation);
        int kxEnd = Window.end(left, dilation, kernel, in.width());
        int p = row * out.width() + x;
        System.arraycopy(filter.bias(), 0, out.data(), out.pixel(p), filter.channels());
        for (int ky = kyBegin; ky < kyEnd; ky++) {
          int line = in.row(image + top + ky * conv.dilation().height());
          for (int kx = kxBegin; kx < kxEnd; kx++) {
            accumulate(
                line + (left + kx * dilation) * in.stride(),
                (ky * kernel + kx) * filter.channels(),
                out.pixel(p));
          }
        }
        finish(p);
      }
    }
  }

  private void accumulate(int a, int w, int c) {
    float[] data = in.data();
    float[] taps = filter.taps();
    float[] sum = out.data();
    for (int i = 0; i < filter.channels(); i++) {
      sum[c + i] += data[a + i] * taps[w + i];
    }
  }

  private void finish(int p) {
    int c = out.pixel(p);
    for (int i = 0; i < filter.channels(); i++) {
      float r = residual == null ? 0 : residual.data()[residual.pixel(p) + i];
      out.data()[c + i] = clamp.apply(out.data()[c + i] + r);
    }
  }
}
