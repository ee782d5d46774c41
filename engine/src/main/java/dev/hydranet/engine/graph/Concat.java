package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/** NCHW tensors joined along their channels, in the order of the inputs. */
public record Concat() implements Op {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("expected at least 1 input, found none");
    }
    Shape first = Inputs.image(inputs.get(0));
    long channels = 0;
    for (Shape input : inputs) {
      Shape like = Inputs.image(input);
      if (like.batch() != first.batch()
          || like.height() != first.height()
          || like.width() != first.width()) {
        throw new IllegalArgumentException(
            "expected inputs that differ in channels only, found " + first + " and " + like);
      }
      channels += like.channels();
    }
    return Shape.of(
        first.batch(), Inputs.extent("channels", channels), first.height(), first.width());
  }
}
