package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Patches;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;
import java.util.Optional;

/**
 * Standard convolution of any geometry: patches of a few pixels are copied side by side, then
 * multiplied by the weights.
 */
final class SimdConv2d implements Kernel {
  private static final int CACHED_FLOATS = 1 << 16;

  private final Nhwc residual;
  private final Nhwc out;
  private final Patches patches;
  private final Gemm gemm;
  private final Parts parts;

  SimdConv2d(Nhwc in, Conv2d conv, PackedMatrix weights, Nhwc residual, Clamp clamp, Nhwc out) {
    this.residual = residual;
    this.out = out;
    this.patches = new Patches(in, conv, out);
    this.gemm = Gemm.of(weights, patches.length(), residual, clamp, out.stride());
    this.parts = Parts.of(out.pixels(), Math.max(1, CACHED_FLOATS / patches.length()), Gemm.STEP);
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
  public long scratchFloats() {
    return (long) parts.size() * patches.length();
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
    int begin = parts.begin(part);
    int pixels = parts.end(part) - begin;
    patches.copy(0, begin, pixels, scratch, 0);
    gemm.run(
        scratch,
        0,
        residual == null ? 0 : residual.pixel(begin),
        out.data(),
        out.pixel(begin),
        pixels);
  }
}
