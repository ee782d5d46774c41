package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * One number out of all elements along some axes.
 *
 * @param function which number
 * @param axes along which; one below 0 counts from the end
 * @param keepDims whether these axes stay with extent 1, or go
 */
public record Reduce(Function function, List<Integer> axes, boolean keepDims) implements Op {
  /** Which number, of elements x. */
  public enum Function {
    /** Their sum. */
    SUM,
    /** Their mean. */
    MEAN,
    /** The largest; NaN if one is NaN. */
    MAX,
    /** The smallest; NaN if one is NaN. */
    MIN,
    /** Their product. */
    PROD,
    /** The sum of |x|. */
    L1,
    /** The root of the sum of x^2. */
    L2,
    /** The logarithm of the sum. */
    LOG_SUM,
    /** The logarithm of the sum of exp(x), computed without overflow. */
    LOG_SUM_EXP,
    /** The sum of x^2. */
    SUM_SQUARE
  }

  /** Copies the list. */
  public Reduce {
    axes = List.copyOf(axes);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.one(inputs);
    List<Integer> reduced = axes.stream().map(axis -> Inputs.axis(axis, in)).toList();
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < in.rank(); axis++) {
      if (!reduced.contains(axis)) {
        dims.add(in.dim(axis));
      } else if (keepDims) {
        dims.add(1);
      }
    }
    return Inputs.shape(dims);
  }

  @Override
  public long summands(List<Shape> inputs) {
    long lines = Math.max(1, outputShape(inputs).elementCount());
    return inputs.get(0).elementCount() / lines + Elementwise.SUMMANDS;
  }

  @Override
  public String kind() {
    return "Reduce" + Inputs.title(function);
  }

  /**
   * For each element the sum of those up to it, along an axis.
   *
   * @param axis along which; one below 0 counts from the end
   * @param exclusive whether the element itself has no part in it
   * @param reverse whether sums begin at the end of the axis
   */
  public record Cumulative(int axis, boolean exclusive, boolean reverse) implements Op {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = Inputs.one(inputs);
      Inputs.axis(axis, in);
      return in;
    }

    @Override
    public long summands(List<Shape> inputs) {
      Shape in = inputs.get(0);
      return in.dim(Inputs.axis(axis, in));
    }
  }
}
