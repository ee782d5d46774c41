package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/** Builds a formula for one node from operators. */
record Terms(OnnxNode node, Translation network) {
  Operand op(Op op, Operand... reads) {
    return network.part(node, op, reads);
  }

  Operand unary(Elementwise.Unary.Function function, Operand x) {
    return op(new Elementwise.Unary(function), x);
  }

  Operand binary(Elementwise.Binary.Function function, Operand a, Operand b) {
    return op(new Elementwise.Binary(function), a, b);
  }

  Operand add(Operand a, float b) {
    return binary(Elementwise.Binary.Function.ADD, a, number(b));
  }

  /** A number as a constant. */
  Operand number(float value) {
    return Operand.constant(
        Tensor.of(Shape.of(), value), node.output(0) + ".number", Operand.Kind.FLOAT);
  }

  /** Whole numbers as a constant. */
  Operand whole(long... numbers) {
    return Reshaping.numbers(node, "numbers", numbers);
  }

  /** Reshapes a value: 0 keeps the input's extent, and -1 takes the remaining elements. */
  Operand reshape(Operand x, long... dims) {
    return op(new ShapeDependent.ReshapeTo(false), x, whole(dims));
  }

  Operand shapeOf(Operand x) {
    return op(new ShapeDependent.ShapeOf(0, Integer.MAX_VALUE), x);
  }

  Operand reshapeLike(Operand x, Operand like) {
    return op(new ShapeDependent.ReshapeTo(true), x, shapeOf(like));
  }

  /** Reshapes a value to the shape of the node's first input. */
  Operand reshapeLike(Operand x) {
    return reshapeLike(x, node.input(0));
  }

  /** Reshapes {@code [C]} to {@code [C, 1]}. */
  Operand column(Operand x) {
    return op(new ShapeDependent.Unsqueeze(), x, whole(1));
  }

  /** The mean along all axes from the given one on. The axes are kept. */
  Operand mean(Operand x, int axis) {
    return op(new ShapeDependent.ReduceFrom(Reduce.Function.MEAN, axis), x);
  }

  /** Normalises along all axes from the given one on, with the node's epsilon. */
  Operand normalized(Operand x, int axis) {
    Operand centred = binary(Elementwise.Binary.Function.SUB, x, mean(x, axis));
    Operand variance = mean(binary(Elementwise.Binary.Function.MUL, centred, centred), axis);
    Operand deviation =
        unary(Elementwise.Unary.Function.SQRT, add(variance, node.floating("epsilon", 1e-5f)));
    return binary(Elementwise.Binary.Function.DIV, centred, deviation);
  }

  /** Makes a value the node's output. */
  void define(Operand value) {
    network.define(node.output(0), value);
  }
}
