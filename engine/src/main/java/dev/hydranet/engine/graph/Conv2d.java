package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * Two-dimensional convolution (cross-correlation, as PyTorch's {@code nn.Conv2d}), padded with
 * zeros.
 *
 * <p>Input {@code [N, inChannels, H, W]}, output {@code [N, outChannels, H', W']}, weight {@code
 * [outChannels, inChannels / groups, kernel.height, kernel.width]}, bias {@code [outChannels]}.
 * Depthwise is {@code groups == inChannels}, pointwise is a 1x1 kernel, standard is everything with
 * one group.
 *
 * @param inChannels channels of the input, a multiple of the groups
 * @param outChannels channels of the output, a multiple of the groups
 * @param kernel the window, at least 1 each way
 * @param stride pixels from one window to the next, at least 1
 * @param padding rows and columns of zeros at the top and left, at least 0
 * @param after rows and columns of zeros at the bottom and right, at least 0
 * @param dilation pixels from one tap to the next, at least 1
 * @param groups parts of the channels that see nothing of each other, at least 1
 * @param bias whether each output channel has a number added to it
 */
public record Conv2d(
    int inChannels,
    int outChannels,
    Size kernel,
    Size stride,
    Size padding,
    Size after,
    Size dilation,
    int groups,
    boolean bias)
    implements Op {

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range, the groups do not divide the channels,
   *     or the weight has more elements than an array
   */
  public Conv2d {
    if (inChannels < 1 || outChannels < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "channels and groups must be at least 1, found in "
              + inChannels
              + ", out "
              + outChannels
              + ", groups "
              + groups);
    }
    if (inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          groups
              + " groups do not divide "
              + inChannels
              + " input and "
              + outChannels
              + " output channels");
    }
    Inputs.positive("kernel", kernel);
    Inputs.positive("stride", stride);
    Inputs.notNegative("padding", padding);
    Inputs.notNegative("padding", after);
    Inputs.positive("dilation", dilation);
    Shape weight = weightShape(inChannels, outChannels, kernel, groups);
    if (weight.elementCount() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a weight of shape " + weight + " has more elements than an array");
    }
  }

  /**
   * A convolution with as much padding at the bottom and right as at the top and left.
   *
   * @param inChannels channels of the input, a multiple of the groups
   * @param outChannels channels of the output, a multiple of the groups
   * @param kernel the window, at least 1 each way
   * @param stride pixels from one window to the next, at least 1
   * @param padding rows and columns of zeros on every side, at least 0
   * @param dilation pixels from one tap to the next, at least 1
   * @param groups parts of the channels that see nothing of each other, at least 1
   * @param bias whether each output channel has a number added to it
   */
  public Conv2d(
      int inChannels,
      int outChannels,
      Size kernel,
      Size stride,
      Size padding,
      Size dilation,
      int groups,
      boolean bias) {
    this(inChannels, outChannels, kernel, stride, padding, padding, dilation, groups, bias);
  }

  /**
   * {@return a square kernel, stride 1, no padding, one group, no bias}
   *
   * @param inChannels at least 1
   * @param outChannels at least 1
   * @param kernel the window's side in pixels, at least 1
   */
  public static Conv2d of(int inChannels, int outChannels, int kernel) {
    Size one = Size.square(1);
    return new Conv2d(
        inChannels, outChannels, Size.square(kernel), one, Size.square(0), one, 1, false);
  }

  /**
   * {@return a 1x1 convolution without bias}
   *
   * @param inChannels at least 1
   * @param outChannels at least 1
   */
  public static Conv2d pointwise(int inChannels, int outChannels) {
    return of(inChannels, outChannels, 1);
  }

  /**
   * {@return one filter a channel, padded by half the kernel, without bias}
   *
   * @param channels at least 1
   * @param kernel the window's side in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   */
  public static Conv2d depthwise(int channels, int kernel, int stride) {
    return of(channels, channels, kernel)
        .withStride(stride)
        .withPadding(kernel / 2)
        .withGroups(channels);
  }

  /**
   * {@return the same with another stride, both ways}
   *
   * @param extent pixels from one window to the next, at least 1
   */
  public Conv2d withStride(int extent) {
    return new Conv2d(
        inChannels,
        outChannels,
        kernel,
        Size.square(extent),
        padding,
        after,
        dilation,
        groups,
        bias);
  }

  /**
   * {@return the same with another padding, both ways}
   *
   * @param extent rows and columns of zeros on every side, at least 0
   */
  public Conv2d withPadding(int extent) {
    return new Conv2d(
        inChannels, outChannels, kernel, stride, Size.square(extent), dilation, groups, bias);
  }

  /**
   * {@return the same with another dilation, both ways}
   *
   * @param extent pixels from one tap to the next, at least 1
   */
  public Conv2d withDilation(int extent) {
    return new Conv2d(
        inChannels, outChannels, kernel, stride, padding, after, Size.square(extent), groups, bias);
  }

  /**
   * {@return the same in groups}
   *
   * @param count a divisor of both numbers of channels
   */
  public Conv2d withGroups(int count) {
    return new Conv2d(
        inChannels, outChannels, kernel, stride, padding, after, dilation, count, bias);
  }

  /** {@return the same with a bias} */
  public Conv2d withBias() {
    return new Conv2d(
        inChannels, outChannels, kernel, stride, padding, after, dilation, groups, true);
  }

  /** {@return whether every output channel sees one input channel of the same number} */
  public boolean isDepthwise() {
    return groups == inChannels && outChannels == inChannels;
  }

  /**
   * {@return whether it is a matrix product at every pixel: 1x1, stride 1, no padding, one group}
   */
  public boolean isPointwise() {
    return kernel.equals(Size.square(1))
        && stride.equals(Size.square(1))
        && padding.equals(Size.square(0))
        && after.equals(Size.square(0))
        && groups == 1;
  }

  /** {@return the number of products summed for one output element} */
  public int terms() {
    return inChannels / groups * kernel.height() * kernel.width();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.image(Inputs.one(inputs), inChannels);
    return Shape.of(
        in.batch(),
        outChannels,
        Inputs.windows(
            "height",
            in.height(),
            kernel.height(),
            stride.height(),
            (long) padding.height() + after.height(),
            dilation.height(),
            false),
        Inputs.windows(
            "width",
            in.width(),
            kernel.width(),
            stride.width(),
            (long) padding.width() + after.width(),
            dilation.width(),
            false));
  }

  @Override
  public List<Parameter> parameters() {
    Parameter weight =
        new Parameter("weight", weightShape(inChannels, outChannels, kernel, groups), true);
    return bias
        ? List.of(weight, new Parameter("bias", Shape.of(outChannels), true))
        : List.of(weight);
  }

  @Override
  public long macs(List<Shape> inputs) {
    return Math.multiplyExact(outputShape(inputs).elementCount(), (long) terms());
  }

  private static Shape weightShape(int inChannels, int outChannels, Size kernel, int groups) {
    return Shape.of(outChannels, inChannels / groups, kernel.height(), kernel.width());
  }

  @Override
  public long summands(List<Shape> inputs) {
    return terms() + (bias ? 1 : 0);
  }
}
