package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The index of the largest or smallest value along an axis, as a float; NaN is larger and smaller
 * than every number, as in PyTorch.
 *
 * @param axis along which is looked; one below 0 counts from the end
 * @param keepDims whether the axis stays with extent 1, or goes
 * @param smallest whether the smallest value is looked for
 * @param last whether the last of equals wins, not the first
 */
public record ArgMax(int axis, boolean keepDims, boolean smallest, boolean last) implements Op {
  /** Of the largest value along dimension 1, which stays; the first of equals wins. */
  public ArgMax() {
    this(1, true, false, false);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.one(inputs);
    int at = Inputs.axis(axis, in);
    if (in.dim(at) == 0) {
      throw new IllegalArgumentException("expected an element along axis " + at + ", found " + in);
    }
    return new Reduce(Reduce.Function.MAX, List.of(axis), keepDims).outputShape(inputs);
  }

  @Override
  public String kind() {
    return smallest ? "ArgMin" : "ArgMax";
  }

  /**
   * The largest or smallest elements along an axis, in their order, or their indices; of equals the
   * first comes first.
   *
   * @param axis along which; one below 0 counts from the end
   * @param count how many, at most the axis' extent
   * @param smallest whether the smallest are wanted
   * @param places whether the indices are wanted
   */
  public record Largest(int axis, int count, boolean smallest, boolean places) implements Op {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.one(inputs);
      int at = Inputs.axis(axis, in);
      if (count < 0 || count > in.dim(at)) {
        throw new IllegalArgumentException(
            "expected at most " + in.dim(at) + " elements of axis " + at + ", found " + count);
      }
      int[] dims = in.toArray();
      dims[at] = count;
      return Shape.of(dims);
    }
  }
}
