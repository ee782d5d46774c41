package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Each channel times a factor plus a bias: nothing but memory traffic. */
final class SimdScale implements Kernel {
  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final ChannelFilter filter;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  SimdScale(Nhwc in, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
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
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      if (residual == null) {
        pixel(in.pixel(p), out.pixel(p));
      } else {
        pixel(in.pixel(p), residual.pixel(p), out.pixel(p));
      }
    }
  }

  private void pixel(int a, int c) {
    FloatVector low = FloatVector.broadcast(S, clamp.low());
    FloatVector high = FloatVector.broadcast(S, clamp.high());
    for (int i = 0; i < filter.channels(); i += L) {
      FloatVector x = FloatVector.fromArray(S, in.data(), a + i);
      x =
          x.fma(
              FloatVector.fromArray(S, filter.taps(), i),
              FloatVector.fromArray(S, filter.bias(), i));
      SimdKernels.clamp(x, low, high).intoArray(out.data(), c + i);
    }
  }

  private void pixel(int a, int r, int c) {
    FloatVector low = FloatVector.broadcast(S, clamp.low());
    FloatVector high = FloatVector.broadcast(S, clamp.high());
    for (int i = 0; i < filter.channels(); i += L) {
      FloatVector x = FloatVector.fromArray(S, in.data(), a + i);
      x =
          x.fma(
              FloatVector.fromArray(S, filter.taps(), i),
              FloatVector.fromArray(S, filter.bias(), i));
      x = x.add(FloatVector.fromArray(S, residual.data(), r + i));
      SimdKernels.clamp(x, low, high).intoArray(out.data(), c + i);
    }
  }
}
