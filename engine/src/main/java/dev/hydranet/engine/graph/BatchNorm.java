package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * Batch normalisation at inference (arXiv 1502.03167): {@code (x - running_mean) / sqrt(running_var
 * + eps) * weight + bias} for each channel.
 *
 * @param channels the channels of its input and output, dimension 1
 * @param eps what is added to the variance; PyTorch's default is 1e-5
 */
public record BatchNorm(int channels, double eps) implements Op {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public BatchNorm {
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be at least 1, found " + channels);
    }
    if (!(eps >= 0) || Double.isInfinite(eps)) {
      throw new IllegalArgumentException("eps must be finite and not negative, found " + eps);
    }
  }

  /**
   * With PyTorch's eps, 1e-5.
   *
   * @param channels at least 1
   * @return the operator
   */
  public static BatchNorm of(int channels) {
    return new BatchNorm(channels, 1e-5);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.one(inputs);
    if (in.rank() < 2 || in.dim(1) != channels) {
      throw new IllegalArgumentException("expected " + channels + " channels, found shape " + in);
    }
    return in;
  }

  @Override
  public List<Parameter> parameters() {
    Shape shape = Shape.of(channels);
    return List.of(
        new Parameter("weight", shape, true),
        new Parameter("bias", shape, true),
        new Parameter("running_mean", shape, false),
        new Parameter("running_var", shape, false));
  }

  @Override
  public long summands(List<Shape> inputs) {
    return 2;
  }
}
