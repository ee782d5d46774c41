package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.function.Function;

/** Operators on {@code [N, C, L]} as those on images of one row: {@code [N, C, 1, L]}. */
final class OneDimension {
  private static final int ROW = 2;
  private static final Op BACK = new ShapeDependent.Squeeze(false);

  private OneDimension() {}

  /** The node's output by an operator on images, given its input as one. */
  static void output(
      OnnxNode node, Translation network, Operand in, Function<Operand, Operand> onImages) {
    network.output(node, BACK, onImages.apply(image(node, network, in)), axis(node));
  }

  /** The same for a part of the node. */
  static Operand part(
      OnnxNode node, Translation network, Operand in, Function<Operand, Operand> onImages) {
    return line(node, network, onImages.apply(image(node, network, in)));
  }

  /** {@code [N, C, 1, L]} as {@code [N, C, L]}. */
  static Operand line(OnnxNode node, Translation network, Operand image) {
    return network.part(node, BACK, image, axis(node));
  }

  /** {@code [N, C, L]} as {@code [N, C, 1, L]}. */
  static Operand image(OnnxNode node, Translation network, Operand in) {
    return network.part(node, new ShapeDependent.Unsqueeze(), in, axis(node));
  }

  private static Operand axis(OnnxNode node) {
    return Operand.constant(
        Tensor.of(Shape.of(1), ROW), node.output(0) + ".axis", Operand.Kind.WHOLE);
  }
}
