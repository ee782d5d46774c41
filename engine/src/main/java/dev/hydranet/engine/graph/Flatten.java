package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/** {@code [N, C, H, W]} as {@code [N, C * H * W]}. */
public record Flatten() implements Op {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = Inputs.image(Inputs.one(inputs));
    long features = Shape.of(in.channels(), in.height(), in.width()).elementCount();
    return Shape.of(in.batch(), Inputs.extent("features", features));
  }
}
