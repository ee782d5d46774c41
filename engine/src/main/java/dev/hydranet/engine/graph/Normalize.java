package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/** Normalisation by statistics of the input itself, not of the training set. */
public sealed interface Normalize extends Op {

  /**
   * Each group of channels of each image less its mean, over its standard deviation, times {@code
   * weight} plus {@code bias} of the channel (arXiv 1803.08494); with as many groups as channels,
   * instance normalisation (arXiv 1607.08022). The variance is that of the whole group.
   *
   * @param groups a divisor of the channels
   * @param channels of the input, dimension 1; at least 1
   * @param eps what is added to the variance
   */
  record Group(int groups, int channels, double eps) implements Normalize {
    /**
     * Checks the extents.
     *
     * @throws IllegalArgumentException if the groups do not divide the channels
     */
    public Group {
      if (groups < 1 || channels < 1 || channels % groups != 0) {
        throw new IllegalArgumentException(
            groups + " groups do not divide " + channels + " channels");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.one(inputs);
      if (in.rank() < 2 || in.dim(1) != channels) {
        throw new IllegalArgumentException(
            "expected " + channels + " channels in dimension 1, found shape " + in);
      }
      return in;
    }

    @Override
    public List<Parameter> parameters() {
      Shape shape = Shape.of(channels);
      return List.of(new Parameter("weight", shape, true), new Parameter("bias", shape, true));
    }

    @Override
    public long summands(List<Shape> inputs) {
      return inputs.get(0).elementCount() / Math.max(1, (long) inputs.get(0).dim(0) * groups);
    }

    @Override
    public String kind() {
      return groups == channels ? "InstanceNorm" : "GroupNorm";
    }
  }

  /**
   * The elements along the last axes less their mean, over their standard deviation, times {@code
   * weight} plus {@code bias} (arXiv 1607.06450).
   *
   * @param dims extents of these axes
   * @param eps what is added to the variance
   */
  record Layer(List<Integer> dims, double eps) implements Normalize {
    /** Copies the list. */
    public Layer {
      dims = List.copyOf(dims);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.one(inputs);
      int first = in.rank() - dims.size();
      for (int i = 0; i < dims.size(); i++) {
        if (first < 0 || in.dim(first + i) != dims.get(i)) {
          throw new IllegalArgumentException(
              "expected " + dims + " as the last extents, found shape " + in);
        }
      }
      return in;
    }

    @Override
    public List<Parameter> parameters() {
      Shape shape = Inputs.shape(dims);
      return List.of(new Parameter("weight", shape, true), new Parameter("bias", shape, true));
    }

    @Override
    public long summands(List<Shape> inputs) {
      return Inputs.shape(dims).elementCount();
    }

    @Override
    public String kind() {
      return "LayerNorm";
    }
  }

  /**
   * Local response normalisation: x over {@code (bias + alpha / size * sum of x^2)^beta}, the sum
   * taken over {@code size} channels around that of x (ONNX's LRN).
   *
   * @param size how many channels, at least 1; of an even number one more follows than precedes
   * @param alpha factor of the sum
   * @param beta exponent
   * @param bias what is added to the sum
   */
  record LocalResponse(int size, float alpha, float beta, float bias) implements Normalize {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public LocalResponse {
      if (size < 1) {
        throw new IllegalArgumentException("the size must be at least 1, found " + size);
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.one(inputs);
      if (in.rank() < 2) {
        throw new IllegalArgumentException("expected channels in dimension 1, found shape " + in);
      }
      return in;
    }

    @Override
    public long summands(List<Shape> inputs) {
      return size + Elementwise.SUMMANDS;
    }

    @Override
    public String kind() {
      return "LRN";
    }
  }
}
