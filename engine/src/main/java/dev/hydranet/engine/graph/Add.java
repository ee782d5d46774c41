package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/** The element-wise sum of two tensors of one shape. */
public record Add() implements Op {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Inputs.count(inputs, 2);
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException(
          "expected two inputs of one shape, found " + inputs.get(0) + " and " + inputs.get(1));
    }
    return inputs.get(0);
  }

  @Override
  public long summands(List<Shape> inputs) {
    return 2;
  }
}
