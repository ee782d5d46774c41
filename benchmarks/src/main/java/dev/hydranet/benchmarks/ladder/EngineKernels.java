package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Patches;
import dev.hydranet.engine.kernel.Winograd;
import dev.hydranet.engine.kernel.choice.Kernels;
import dev.hydranet.engine.tensor.Shape;
import java.util.Arrays;

/** The engine's own kernels for a {@link Convolution}, as the planner chooses them. */
public final class EngineKernels {
  private static final KernelProvider KERNELS = compiled();

  private EngineKernels() {}

  /** Kernels whose loops are compiled: every plan has that begun, and here it is waited for. */
  private static KernelProvider compiled() {
    KernelProvider kernels = Kernels.provider();
    kernels.warmUp();
    kernels.awaitWarmUp();
    return kernels;
  }

  /** Memory for an image whose channels are padded as the kernels ask for. */
  public static Nhwc image(Shape shape) {
    int stride = Math.ceilDiv(shape.channels(), KERNELS.lanes()) * KERNELS.lanes();
    float[] data = new float[shape.height() * shape.width() * stride];
    return new Nhwc(data, 0, 1, shape.height(), shape.width(), shape.channels(), stride);
  }

  /**
   * A convolution product by product.
   *
   * @param residual added before the clamp; null if absent
   */
  public static Kernel direct(Convolution c, Nhwc in, Nhwc residual, Clamp clamp, Nhwc out) {
    Conv2d conv = c.conv();
    if (conv.isDepthwise()) {
      return KERNELS.depthwise(in, conv, filter(c), residual, clamp, out);
    }
    PackedMatrix matrix = matrix(c);
    return conv.isPointwise()
        ? KERNELS.pointwise(in, matrix, residual, clamp, out)
        : KERNELS.conv2d(in, conv, new PackedMatrix[] {matrix}, residual, clamp, out);
  }

  /** A standard 3x3 convolution of stride 1 by Winograd's algorithm. */
  public static Kernel winograd(Convolution c, Nhwc in, Clamp clamp, Nhwc out) {
    float[] none = new float[c.outputs()];
    PackedMatrix[] products =
        Arrays.stream(Winograd.transform(c.weights()))
            .map(rows -> pack(rows, none, c.channels()))
            .toArray(PackedMatrix[]::new);
    return KERNELS
        .fused()
        .orElseThrow()
        .winograd(in, null, Clamp.NONE, c.conv(), matrix(c), products, null, clamp, out);
  }

  /** Expand, depthwise and project in one pass, ReLU6 after the first two. */
  public static Kernel invertedResidual(
      Convolution expand,
      Convolution depthwise,
      Convolution project,
      Nhwc in,
      Nhwc residual,
      Nhwc out) {
    return KERNELS
        .fused()
        .orElseThrow()
        .invertedResidual(
            in,
            matrix(expand),
            Clamp.RELU6,
            depthwise.conv(),
            filter(depthwise),
            Clamp.RELU6,
            matrix(project),
            residual,
            Clamp.NONE,
            out);
  }

  private static ChannelFilter filter(Convolution depthwise) {
    return ChannelFilter.pack(depthwise.weights(), depthwise.bias(), KERNELS.lanes());
  }

  private static PackedMatrix matrix(Convolution c) {
    int taps = c.kernel() * c.kernel();
    float[] rows = Patches.reorder(c.weights(), c.outputs(), c.channels(), taps);
    return pack(rows, c.bias(), c.conv().terms());
  }

  private static PackedMatrix pack(float[] rows, float[] bias, int depth) {
    return PackedMatrix.pack(rows, bias, depth, KERNELS.lanes(), KERNELS.panel());
  }
}
