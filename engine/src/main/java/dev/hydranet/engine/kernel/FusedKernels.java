package dev.hydranet.engine.kernel;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Upsample;
import java.util.Optional;

/**
 * Kernels that compute several operators in one pass over memory. What each gives is what the
 * separate kernels give one after the other.
 */
public interface FusedKernels {
  /** Whether there are kernels for a function of one number. */
  boolean has(Unary function);

  /** A function of each number; one that {@link #has there is}. */
  Kernel function(Nhwc in, Unary function, Nhwc out);

  /** The same, behind another kernel. */
  Epilogue function(Unary function);

  /** Each channel times a factor plus a bias, behind another kernel. */
  Epilogue scale(ChannelFilter filter);

  /**
   * Products of numbers at equal places.
   *
   * @param factors of the input's extents, or a pixel for each image
   */
  Kernel product(Nhwc in, Nhwc factors, Nhwc out);

  /**
   * The second half of a transposed convolution whose taps were computed as output channels.
   *
   * @param taps channel {@code tap * op.outChannels + o} of a pixel; there is room for a vector
   *     behind each
   * @param bias one for each output channel, padded to the lanes
   */
  Kernel tapSum(Nhwc taps, ConvTranspose2d op, float[] bias, Clamp clamp, Nhwc out);

  /** exp(x - max) over its sum, along the channels of each pixel or along each line. */
  Kernel softmax(Nhwc in, Nhwc out);

  /**
   * Each line less its mean, over its standard deviation, times weights plus biases.
   *
   * @param weight for each element of a line, padded to the lanes
   * @param bias likewise
   */
  Kernel layerNorm(Nhwc in, float[] weight, float[] bias, double eps, Nhwc out);

  /** Products of matrices that are both computed, if they are large enough. */
  Optional<Kernel> matMul(MatrixProducts products);

  /** The mean of each channel's plane. */
  Kernel globalAverage(Nhwc in, Nhwc out);

  /**
   * An inverted residual: expand, depthwise 3x3 with padding 1, project. The expanded tensor exists
   * a few rows at a time.
   */
  Kernel invertedResidual(
      Nhwc in,
      PackedMatrix expand,
      Clamp expandClamp,
      Conv2d depthwise,
      ChannelFilter filter,
      Clamp depthwiseClamp,
      PackedMatrix project,
      Nhwc residual,
      Clamp clamp,
      Nhwc out);

  /**
   * Chained residual pooling with a factor a channel instead of the convolution: {@code top =
   * scale(maxPool5x5(top)); sum = sum + top}, once for each filter.
   */
  Kernel chainedPooling(Nhwc in, ChannelFilter[] filters, Nhwc out);

  /** How many channels chained pooling works on at a time. */
  int poolingBlock();

  /**
   * Chained residual pooling of {@code clamp(pointwise(fine) + resize(coarse))}, of which a few
   * rows exist at a time.
   *
   * @param mode one that blends
   * @param weights the convolution's, a matrix for each {@link #poolingBlock} output channels
   */
  Kernel refinement(
      Nhwc coarse,
      Upsample.Mode mode,
      Nhwc fine,
      PackedMatrix[] weights,
      Clamp clamp,
      ChannelFilter[] filters,
      Nhwc out);

  /** A matrix product at every pixel, of the clamped and scaled input. */
  Kernel scaledPointwise(
      Nhwc in, ChannelFilter filter, Clamp inputClamp, PackedMatrix weights, Nhwc out);

  /**
   * The second half of a convolution of stride 1 whose taps were computed as output channels: each
   * tap's outputs, at the pixel where that tap looks, summed.
   *
   * @param taps channel {@code tap * conv.outChannels + o} of a pixel is what it gives to output
   *     channel o where that tap of the kernel looks at it; there is room for a vector behind each
   * @param bias one for each output channel, padded to the lanes
   */
  Kernel shiftAdd(Nhwc taps, Conv2d conv, float[] bias, Clamp clamp, Nhwc out);

  /**
   * A convolution 3x3 of stride 1 by {@link Winograd}'s algorithm, of the clamped and scaled input.
   *
   * @param scale null if the input is taken as it is
   * @param weights the convolution's, taps by channels deep, with its bias
   * @param products the transformed weights, a matrix for each of the 36 products
   * @param residual null if absent
   */
  Kernel winograd(
      Nhwc in,
      ChannelFilter scale,
      Clamp inputClamp,
      Conv2d conv,
      PackedMatrix weights,
      PackedMatrix[] products,
      Nhwc residual,
      Clamp clamp,
      Nhwc out);
}
