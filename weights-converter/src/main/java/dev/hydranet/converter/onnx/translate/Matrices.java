package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;

/** Matrix products. */
final class Matrices {
  private Matrices() {}

  static void register(Operators.Registry registry) {
    registry.add("MatMul", "", Matrices::matMul);
    registry.add("Gemm", "", Matrices::gemm);
  }

  private static void matMul(OnnxNode node, Translation network) {
    Operand b = node.input(1);
    if (!b.isConstant() || b.constant().shape().rank() != 2 || node.input(0).isConstant()) {
      network.output(node, new MatMul(), node.input(0), b);
      return;
    }
    Tensor weight = transposed(b.constant());
    network.output(node, linear(weight, false), b.name(), List.of(weight), node.input(0));
  }

  private static void gemm(OnnxNode node, Translation network) {
    Operand a = scaled(node, network, oriented(node, network, 0, "transA"), "alpha");
    Operand b = node.input(1);
    boolean transposed = node.flag("transB", false);
    boolean constant = b.isConstant() && !a.isConstant();
    Tensor bias = constant ? bias(node, b.constant(), transposed) : null;
    if (constant && (bias != null || !node.has(2))) {
      Tensor weight = transposed ? b.constant() : transposed(b.constant());
      network.output(
          node,
          linear(weight, bias != null),
          b.name(),
          bias == null ? List.of(weight) : List.of(weight, bias),
          a);
      return;
    }
    Operand product = network.part(node, new MatMul(), a, oriented(node, network, 1, "transB"));
    if (node.has(2)) {
      network.output(
          node,
          new Elementwise.Binary(Elementwise.Binary.Function.ADD),
          product,
          scaled(node, network, node.input(2), "beta"));
    } else {
      network.define(node.output(0), product);
    }
  }

  /** The third input as one number for each output, or null if it is anything else. */
  private static Tensor bias(OnnxNode node, Tensor weight, boolean transposed) {
    int outputs = weight.shape().dim(transposed ? 0 : 1);
    if (!node.has(2) || !node.input(2).isConstant() || node.floating("beta", 1) != 1) {
      return null;
    }
    Tensor bias = node.input(2).constant();
    int rank = bias.shape().rank();
    boolean fits =
        bias.data().length == outputs && rank > 0 && bias.shape().dim(rank - 1) == outputs;
    return fits ? bias.reshape(Shape.of(outputs)) : null;
  }

  private static Linear linear(Tensor weight, boolean bias) {
    return new Linear(weight.shape().dim(1), weight.shape().dim(0), bias);
  }

  private static Operand oriented(OnnxNode node, Translation network, int input, String attribute) {
    return node.flag(attribute, false)
        ? network.part(node, new Rearrange.Transpose(List.of(1, 0)), node.input(input))
        : node.input(input);
  }

  private static Operand scaled(
      OnnxNode node, Translation network, Operand operand, String attribute) {
    float factor = node.floating(attribute, 1);
    if (factor == 1) {
      return operand;
    }
    Operand constant =
        Operand.constant(
            Tensor.of(Shape.of(), factor), node.output(0) + "." + attribute, Operand.Kind.FLOAT);
    return network.part(
        node, new Elementwise.Binary(Elementwise.Binary.Function.MUL), operand, constant);
  }

  /** {@code [K, N]} as {@code [N, K]}. */
  private static Tensor transposed(Tensor matrix) {
    int rows = matrix.shape().dim(0);
    int columns = matrix.shape().dim(1);
    Tensor result = Tensor.zeros(Shape.of(columns, rows));
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result.data()[column * rows + row] = matrix.data()[row * columns + column];
      }
    }
    return result;
  }
}
