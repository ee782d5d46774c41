package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;

/** Each channel times a factor plus a bias. */
final class ScalarScale implements Kernel {
  private final Nhwc in;
  private final ChannelFilter filter;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  ScalarScale(Nhwc in, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.filter = filter;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    this.parts = Parts.of(in.pixels(), in.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return (long) in.pixels() * filter.channels();
  }

  @Override
  public long weightFloats() {
    return filter.floats();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      int a = in.pixel(p);
      int c = out.pixel(p);
      for (int i = 0; i < filter.channels(); i++) {
        float r = residual == null ? 0 : residual.data()[residual.pixel(p) + i];
        out.data()[c + i] = clamp.apply(in.data()[a + i] * filter.taps()[i] + filter.bias()[i] + r);
      }
    }
  }
}
