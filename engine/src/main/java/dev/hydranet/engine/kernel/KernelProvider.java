package dev.hydranet.engine.kernel;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Upsample;
import java.util.Optional;

/**
 * The kernels that have a scalar and a SIMD implementation. Where a method takes a residual, it is
 * added before the clamp and may be null; it has the output's shape. Inputs and outputs never share
 * memory.
 */
public interface KernelProvider {
  /** Floats in a vector: channels of every tensor but an input are padded to a multiple of it. */
  int lanes();

  /** Columns of a panel of a {@link PackedMatrix}, or 0 for rows. */
  int panel();

  /** A matrix product at every pixel. */
  Kernel pointwise(Nhwc in, PackedMatrix weights, Nhwc residual, Clamp clamp, Nhwc out);

  /**
   * A convolution of any kernel, stride, padding, dilation and groups.
   *
   * @param weights one matrix a group
   * @param residual null if there is more than one group
   */
  Kernel conv2d(Nhwc in, Conv2d conv, PackedMatrix[] weights, Nhwc residual, Clamp clamp, Nhwc out);

  /** A depthwise convolution: each channel has its own filter. */
  Kernel depthwise(
      Nhwc in, Conv2d conv, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out);

  /**
   * Each channel times a factor plus a bias: a depthwise 1x1 convolution, or batch normalisation.
   */
  Kernel scale(Nhwc in, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out);

  /** The largest value under a sliding window. */
  Kernel maxPool(Nhwc in, MaxPool2d pool, Nhwc out);

  /** Each channel's plane resized to the output's size. */
  Kernel upsample(Nhwc in, Upsample.Mode mode, Nhwc residual, Clamp clamp, Nhwc out);

  /** The clamped input, or its clamped sum with the residual. */
  Kernel elementwise(Nhwc in, Nhwc residual, Clamp clamp, Nhwc out);

  /** Multiply-adds of the kind that these kernels do. */
  MultiplyAdds multiplyAdds();

  /**
   * Begins to make the kernels fast, in the background, if that is needed and has not begun: the
   * first run of a session is to find them so.
   */
  default void warmUp() {}

  /** Waits until that is done, if it has begun. */
  default void awaitWarmUp() {}

  /** Kernels for several operators at once, if this provider has them. */
  default Optional<FusedKernels> fused() {
    return Optional.empty();
  }
}
