package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;

/**
 * Pointwise convolution of the scaled and clamped input, which exists a run of pixels at a time.
 */
final class SimdScaledPointwise implements Kernel {
  private static final int CACHED_FLOATS = 1 << 15;

  private final Nhwc in;
  private final ChannelFilter filter;
  private final Clamp inputClamp;
  private final Nhwc out;
  private final Gemm gemm;
  private final Parts parts;

  SimdScaledPointwise(
      Nhwc in, ChannelFilter filter, Clamp inputClamp, PackedMatrix weights, Nhwc out) {
    this.in = in;
    this.filter = filter;
    this.inputClamp = inputClamp;
    this.out = out;
    this.gemm = Gemm.of(weights, in.stride(), null, Clamp.NONE, out.stride());
    this.parts = Parts.of(in.pixels(), Math.max(1, CACHED_FLOATS / in.stride()), Gemm.STEP);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long scratchFloats() {
    return (long) parts.size() * in.stride();
  }

  @Override
  public long macs() {
    return gemm.macs(parts) + (long) in.pixels() * filter.channels();
  }

  @Override
  public long weightFloats() {
    return gemm.matrix().floats() + filter.floats();
  }

  @Override
  public void run(int part, float[] scratch) {
    int begin = parts.begin(part);
    int pixels = parts.end(part) - begin;
    SimdScale.scale(in, begin, pixels, filter, inputClamp, scratch, 0, in.stride());
    gemm.run(scratch, 0, 0, out.data(), out.pixel(begin), pixels);
  }
}
