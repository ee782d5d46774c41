package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/** exp(x) over its sum along dimension 1 (channels or classes), computed without overflow. */
public record Softmax() implements Op {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.classes(Inputs.one(inputs));
  }

  @Override
  public long summands(List<Shape> inputs) {
    return inputs.get(0).dim(1);
  }
}
