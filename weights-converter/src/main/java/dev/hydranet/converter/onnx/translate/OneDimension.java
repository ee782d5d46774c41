package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.function.Function;

/** Operators on {@code [N, C, L]} as those on images of one row: {@code [N, C, 1, L]}. */
final class OneDimension {
  private static final int ROW = 2;

  private OneDimension() {}

  /** The node's output by an operator on images, given its input as one. */
  static void output(
      OnnxNode node, Translation network, Operand in, Function<Operand, Operand> onImages) {
    Operand axis =
        Operand.constant(Tensor.of(Shape.of(1), ROW), node.output(0) + ".axis", Operand.Kind.WHOLE);
    Operand image = network.part(node, new ShapeDependent.Unsqueeze(), in, axis);
    Op back = new ShapeDependent.Squeeze(false);
    network.output(node, back, onImages.apply(image), axis);
  }
}
