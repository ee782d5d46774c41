package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * The index of the largest value along dimension 1, as a float; the first of equals wins, and NaN
 * is larger than every number, as in PyTorch. Dimension 1 of the output is 1.
 */
public record ArgMax() implements Op {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    int[] dims = Inputs.classes(Inputs.one(inputs)).toArray();
    dims[1] = 1;
    return Shape.of(dims);
  }
}
