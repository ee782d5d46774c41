package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;
import java.util.Optional;

/**
 * Pointwise convolution: one matrix product, a part being a run of pixels whose inputs fit the
 * second-level cache.
 */
final class SimdPointwise implements Kernel {
  private static final int CACHED_FLOATS = 1 << 16;

  private final Nhwc in;
  private final Nhwc residual;
  private final Nhwc out;
  private final Gemm gemm;
  private final Parts parts;

  SimdPointwise(Nhwc in, Nhwc residual, Nhwc out, Gemm gemm) {
    this.in = in;
    this.residual = residual;
    this.out = out;
    this.gemm = gemm;
    this.parts = Parts.of(in.pixels(), Math.max(1, CACHED_FLOATS / in.stride()), Gemm.STEP);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public Optional<Parts> runs() {
    return Optional.of(parts);
  }

  @Override
  public long macs() {
    return gemm.macs(parts);
  }

  @Override
  public long weightFloats() {
    return gemm.matrix().floats();
  }

  @Override
  public void run(int part, float[] scratch) {
    // Parts never overlap, however few pixels the last one has: another thread may be at work on
    // the one before it, whose pixels hold sums without residual and clamp for a while.
    int end = parts.end(part);
    int begin = parts.begin(part);
    gemm.run(
        in.data(),
        in.pixel(begin),
        residual == null ? 0 : residual.pixel(begin),
        out.data(),
        out.pixel(begin),
        end - begin);
  }
}
