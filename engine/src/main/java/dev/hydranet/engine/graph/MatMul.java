package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The matrix product of the last two axes, as NumPy's {@code matmul}: {@code [..., M, K]} times
 * {@code [..., K, N]}, the outer axes broadcast. An input of rank 1 is a row before, or a column
 * behind, and its axis goes.
 */
public record MatMul() implements Op {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Inputs.count(inputs, 2);
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    int depthA = a.rank() == 0 ? -1 : a.dim(a.rank() - 1);
    int depthB = b.rank() == 0 ? -2 : b.dim(Math.max(0, b.rank() - 2));
    if (depthA != depthB) {
      throw new IllegalArgumentException(
          "expected [..., M, K] and [..., K, N], found " + a + " and " + b);
    }
    Shape outer = Inputs.broadcast(List.of(outer(a), outer(b)));
    int rows = a.rank() > 1 ? 1 : 0;
    int columns = b.rank() > 1 ? 1 : 0;
    int[] dims = new int[outer.rank() + rows + columns];
    System.arraycopy(outer.toArray(), 0, dims, 0, outer.rank());
    if (rows == 1) {
      dims[outer.rank()] = a.dim(a.rank() - 2);
    }
    if (columns == 1) {
      dims[dims.length - 1] = b.dim(b.rank() - 1);
    }
    return Shape.of(dims);
  }

  private static Shape outer(Shape shape) {
    int[] dims = shape.toArray();
    return Shape.of(Arrays.copyOf(dims, Math.max(0, dims.length - 2)));
  }

  @Override
  public long summands(List<Shape> inputs) {
    Shape a = inputs.get(0);
    return a.dim(a.rank() - 1);
  }

  @Override
  public long macs(List<Shape> inputs) {
    Shape a = inputs.get(0);
    return Math.multiplyExact(outputShape(inputs).elementCount(), (long) a.dim(a.rank() - 1));
  }
}
