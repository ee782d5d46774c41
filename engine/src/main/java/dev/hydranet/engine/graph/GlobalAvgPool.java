package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/** The mean of each channel's plane: {@code [N, C, H, W]} to {@code [N, C, 1, 1]}. */
public record GlobalAvgPool() implements Op {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.image(Inputs.one(inputs));
    return Shape.of(in.batch(), in.channels(), 1, 1);
  }

  @Override
  public long summands(List<Shape> inputs) {
    return (long) inputs.get(0).height() * inputs.get(0).width();
  }
}
