package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.MultiplyAdds;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Resampling;

/** Kernels in plain Java, loops over channels innermost: always there, on any JVM. */
public final class ScalarKernels implements KernelProvider {
  /** Stateless. */
  public ScalarKernels() {}

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public int panel() {
    return 0;
  }

  @Override
  public Kernel pointwise(Nhwc in, PackedMatrix weights, Nhwc residual, Clamp clamp, Nhwc out) {
    return new ScalarPointwise(in, new ScalarGemm(weights, residual, clamp, out));
  }

  @Override
  public Kernel conv2d(
      Nhwc in, Conv2d conv, PackedMatrix[] weights, Nhwc residual, Clamp clamp, Nhwc out) {
    return new ScalarConv2d(in, conv, weights, residual, clamp, out);
  }

  @Override
  public Kernel depthwise(
      Nhwc in, Conv2d conv, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    return new ScalarDepthwise(in, conv, filter, residual, clamp, out);
  }

  @Override
  public Kernel scale(Nhwc in, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    return new ScalarScale(in, filter, residual, clamp, out);
  }

  @Override
  public Kernel maxPool(Nhwc in, MaxPool2d pool, Nhwc out) {
    return new ScalarMaxPool(in, pool, out);
  }

  @Override
  public Kernel upsample(Nhwc in, Upsample.Mode mode, Nhwc residual, Clamp clamp, Nhwc out) {
    return new ScalarUpsample(in, Resampling.of(in, mode, out), residual, clamp, out);
  }

  @Override
  public Kernel elementwise(Nhwc in, Nhwc residual, Clamp clamp, Nhwc out) {
    return new ScalarElementwise(in, residual, clamp, out);
  }

  @Override
  public MultiplyAdds multiplyAdds() {
    return new ScalarMultiplyAdds();
  }
}
