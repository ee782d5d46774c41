package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Tensors joined along an axis, in the order of the inputs.
 *
 * @param axis along which they are joined; one below 0 counts from the end
 */
public record Concat(int axis) implements Op {
  /** Along dimension 1: channels. */
  public Concat() {
    this(1);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("expected at least 1 input, found none");
    }
    int[] dims = inputs.get(0).toArray();
    int at = Inputs.axis(axis, inputs.get(0));
    long extent = 0;
    for (Shape input : inputs) {
      int[] like = Inputs.rank(input, dims.length).toArray();
      extent += like[at];
      like[at] = dims[at];
      if (!Arrays.equals(like, dims)) {
        throw new IllegalArgumentException(
            "expected inputs that differ along axis "
                + at
                + " only, found "
                + inputs.get(0)
                + " and "
                + input);
      }
    }
    dims[at] = Inputs.extent("axis " + at, extent);
    return Shape.of(dims);
  }
}
