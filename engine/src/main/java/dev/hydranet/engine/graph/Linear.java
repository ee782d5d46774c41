package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * A fully connected layer: input {@code [..., inFeatures]}, output {@code [..., outFeatures]},
 * weight {@code [outFeatures, inFeatures]}, bias {@code [outFeatures]}.
 *
 * @param inFeatures numbers that go in, at least 1
 * @param outFeatures numbers that come out, at least 1
 * @param bias whether each output has a number added to it
 */
public record Linear(int inFeatures, int outFeatures, boolean bias) implements Op {
  /**
   * Checks the extents.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public Linear {
    if (inFeatures < 1 || outFeatures < 1) {
      throw new IllegalArgumentException(
          "features must be at least 1, found in " + inFeatures + ", out " + outFeatures);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.one(inputs);
    int last = in.rank() - 1;
    if (last < 0 || in.dim(last) != inFeatures) {
      throw new IllegalArgumentException(
          "expected a [..., " + inFeatures + "] input, found shape " + in);
    }
    int[] dims = in.toArray();
    dims[last] = outFeatures;
    return Shape.of(dims);
  }

  @Override
  public List<Parameter> parameters() {
    Parameter weight = new Parameter("weight", Shape.of(outFeatures, inFeatures), true);
    return bias
        ? List.of(weight, new Parameter("bias", Shape.of(outFeatures), true))
        : List.of(weight);
  }

  @Override
  public long macs(List<Shape> inputs) {
    return Math.multiplyExact(outputShape(inputs).elementCount(), (long) inFeatures);
  }

  @Override
  public long summands(List<Shape> inputs) {
    return inFeatures + (bias ? 1 : 0);
  }
}
