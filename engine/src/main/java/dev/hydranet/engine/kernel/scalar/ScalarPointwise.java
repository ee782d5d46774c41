package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;

/** Pointwise convolution, pixel by pixel. */
final class ScalarPointwise implements Kernel {
  private final Nhwc in;
  private final ScalarGemm gemm;
  private final Parts parts;

  ScalarPointwise(Nhwc in, ScalarGemm gemm) {
    this.in = in;
    this.gemm = gemm;
    this.parts = Parts.of(in.pixels(), in.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return in.pixels() * gemm.macs();
  }

  @Override
  public long weightFloats() {
    return gemm.matrix().floats();
  }

  @Override
  public long scratchFloats() {
    return gemm.matrix().columns();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      gemm.run(in.data(), in.pixel(p), p, 0, scratch);
    }
  }
}
