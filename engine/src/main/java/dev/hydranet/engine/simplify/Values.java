package dev.hydranet.engine.simplify;

import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/** What patterns look at: the nodes that compute values, their shapes, and constants. */
final class Values {
  private final Map<String, Node> nodes;
  private final Map<String, Shape> shapes;
  private final Map<String, Tensor> constants;
  private final Map<String, Tensor> parameters;

  Values(
      Map<String, Node> nodes,
      Map<String, Shape> shapes,
      Map<String, Tensor> constants,
      Map<String, Tensor> parameters) {
    this.nodes = nodes;
    this.shapes = shapes;
    this.constants = constants;
    this.parameters = parameters;
  }

  Shape shape(String value) {
    return shapes.get(value);
  }

  /** The node that computes a value, if its operator is of a kind. */
  <T extends Op> Optional<Node> node(String value, Class<T> kind) {
    return Optional.ofNullable(nodes.get(value)).filter(node -> kind.isInstance(node.op()));
  }

  /** The node that computes a value by a function of two numbers. */
  Optional<Node> binary(String value, Binary.Function function) {
    return node(value, Binary.class).filter(node -> isBinary(node, function));
  }

  /** The node that computes a value by a function of one number. */
  Optional<Node> unary(String value, Elementwise.Unary.Function function) {
    return node(value, Elementwise.Unary.class)
        .filter(node -> ((Elementwise.Unary) node.op()).function() == function);
  }

  static boolean isBinary(Node node, Binary.Function function) {
    return node.op() instanceof Binary binary && binary.function() == function;
  }

  /** A constant, or null. */
  Tensor constant(String value) {
    return constants.get(value);
  }

  /** Whether a value is a constant of one number, about that one. */
  boolean isNumber(String value, double number) {
    Tensor tensor = constants.get(value);
    return tensor != null
        && tensor.data().length == 1
        && Math.abs(tensor.data()[0] - number) <= 1e-6 * Math.abs(number);
  }

  /** The only number of a constant, or NaN. */
  float number(String value) {
    Tensor tensor = constants.get(value);
    return tensor != null && tensor.data().length == 1 ? tensor.data()[0] : Float.NaN;
  }

  /**
   * Of a node with two inputs, the other one than a constant of about that number; null if neither
   * is one.
   */
  String beside(Node node, double number) {
    if (isNumber(node.inputs().get(1), number)) {
      return node.inputs().get(0);
    }
    return isNumber(node.inputs().get(0), number) ? node.inputs().get(1) : null;
  }

  /** A parameter of a node. */
  Tensor parameter(Node node, String name) {
    return parameters.get(node.name() + "." + name);
  }

  /** Gives a node a parameter. */
  void define(Node node, String name, Tensor value) {
    parameters.put(node.name() + "." + name, value);
  }
}
