package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * Transposed two-dimensional convolution, as PyTorch's {@code nn.ConvTranspose2d}: each input pixel
 * adds its multiple of the filter to the output.
 *
 * <p>Input {@code [N, inChannels, H, W]}, output {@code [N, outChannels, H', W']} with {@code H' =
 * (H - 1) * stride - before - after + dilation * (kernel - 1) + 1}, weight {@code [inChannels,
 * outChannels / groups, kernel.height, kernel.width]}, bias {@code [outChannels]}.
 *
 * @param inChannels channels of the input, a multiple of the groups
 * @param outChannels channels of the output, a multiple of the groups
 * @param kernel the filter, at least 1 each way
 * @param stride pixels of the output from one input pixel to the next, at least 1
 * @param before rows and columns cut off at the top and left, at least 0
 * @param after rows and columns cut off at the bottom and right; negative to add some
 * @param dilation pixels from one tap to the next, at least 1
 * @param groups parts of the channels that see nothing of each other, at least 1
 * @param bias whether each output channel has a number added to it
 */
public record ConvTranspose2d(
    int inChannels,
    int outChannels,
    Size kernel,
    Size stride,
    Size before,
    Size after,
    Size dilation,
    int groups,
    boolean bias)
    implements Op {

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range or the groups do not divide the
   *     channels
   */
  public ConvTranspose2d {
    if (inChannels < 1
        || outChannels < 1
        || groups < 1
        || inChannels % groups != 0
        || outChannels % groups != 0) {
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
    Inputs.notNegative("padding", before);
    Inputs.positive("dilation", dilation);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.image(Inputs.one(inputs), inChannels);
    return Shape.of(
        in.batch(),
        outChannels,
        extent(
            "height",
            in.height(),
            kernel.height(),
            stride.height(),
            before.height() + after.height(),
            dilation.height()),
        extent(
            "width",
            in.width(),
            kernel.width(),
            stride.width(),
            before.width() + after.width(),
            dilation.width()));
  }

  private static int extent(
      String what, int extent, int kernel, int stride, int cut, int dilation) {
    long out = (extent - 1L) * stride - cut + (long) dilation * (kernel - 1) + 1;
    if (out < 1) {
      throw new IllegalArgumentException(what + " " + extent + " leaves nothing of the output");
    }
    return Inputs.extent(what, out);
  }

  @Override
  public List<Parameter> parameters() {
    Parameter weight =
        new Parameter(
            "weight",
            Shape.of(inChannels, outChannels / groups, kernel.height(), kernel.width()),
            true);
    return bias
        ? List.of(weight, new Parameter("bias", Shape.of(outChannels), true))
        : List.of(weight);
  }

  @Override
  public long summands(List<Shape> inputs) {
    long taps = (long) kernel.height() * kernel.width();
    return inChannels / groups * taps + (bias ? 1 : 0);
  }

  @Override
  public long macs(List<Shape> inputs) {
    long taps = (long) outChannels / groups * kernel.height() * kernel.width();
    return Math.multiplyExact(inputs.get(0).elementCount(), taps);
  }
}
