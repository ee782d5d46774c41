package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;

/** An activation, or the sum of two tensors with or without one. */
final class ScalarElementwise implements Kernel {
  private final Nhwc in;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  ScalarElementwise(Nhwc in, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
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
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      int a = in.pixel(p);
      int c = out.pixel(p);
      for (int i = 0; i < out.channels(); i++) {
        float r = residual == null ? 0 : residual.data()[residual.pixel(p) + i];
        out.data()[c + i] = clamp.apply(in.data()[a + i] + r);
      }
    }
  }
}
