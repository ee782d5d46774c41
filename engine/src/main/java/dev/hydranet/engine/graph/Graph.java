package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.text.OneLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network: operators in an order in which each comes after what it reads, with named inputs and
 * outputs. It holds no weights and no sizes: the same graph serves any image size and batch.
 * Immutable; made by {@link GraphBuilder}.
 */
public final class Graph {
  /** How much of a tensor's name, out of a file, is fit to be read. */
  private static final int LONGEST_NAME = 120;

  private final List<String> inputs;
  private final List<Node> nodes;
  private final Map<String, String> labels;
  private final List<String> outputs;

  Graph(List<String> inputs, List<Node> nodes, Map<String, String> labels, List<String> outputs) {
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    this.outputs = List.copyOf(outputs);
  }

  /** {@return the names of the inputs} */
  public List<String> inputs() {
    return inputs;
  }

  /** {@return the operators, each after those it reads} */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * {@return names that people use for values, such as {@code layer1}, and the node (or input)
   * whose value each is; in the order in which they were given} The outputs are among them.
   */
  public Map<String, String> labels() {
    return labels;
  }

  /** {@return the labels that are the graph's outputs, in order} */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * {@return the node or input that a label, a node's name or an input's name stands for}
   *
   * @param name a label, or the name of a node or an input
   * @throws IllegalArgumentException if there is no such name
   */
  public String resolve(String name) {
    String target = labels.get(name);
    if (target != null) {
      return target;
    }
    if (inputs.contains(name) || nodes.stream().anyMatch(node -> node.name().equals(name))) {
      return name;
    }
    throw new IllegalArgumentException(
        "the graph has no value named '"
            + name
            + "'; it has "
            + String.join(", ", labels.keySet()));
  }

  /**
   * {@return the shape of every value, by node and input name, for inputs of the given shapes}
   *
   * @param inputShapes a shape for each of {@link #inputs}
   * @throws IllegalArgumentException if an input is missing or an operator does not take its
   *     input's shape; the message names the node
   */
  public Map<String, Shape> shapes(Map<String, Shape> inputShapes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (String input : inputs) {
      Shape shape = inputShapes.get(input);
      if (shape == null) {
        throw new IllegalArgumentException("no shape for input '" + input + "'");
      }
      shapes.put(input, shape);
    }
    for (Node node : nodes) {
      try {
        shapes.put(node.name(), node.op().outputShape(inputShapes(node, shapes)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            node.name() + " (" + node.op().kind() + "): " + e.getMessage(), e);
      }
    }
    return shapes;
  }

  /**
   * {@return the shapes of one node's inputs, out of those of all values}
   *
   * @param node of this graph
   * @param shapes of all values, by name, as {@link #shapes} gives them
   */
  public static List<Shape> inputShapes(Node node, Map<String, Shape> shapes) {
    List<Shape> result = new ArrayList<>(node.inputs().size());
    for (String input : node.inputs()) {
      result.add(shapes.get(input));
    }
    return result;
  }

  /**
   * {@return every tensor that the graph needs from a checkpoint, by full name, in {@code
   * state_dict} order}
   */
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (Parameter parameter : node.op().parameters()) {
        parameters.put(node.parameterName(parameter), parameter);
      }
    }
    return parameters;
  }

  /**
   * Checks that the weights are the graph's: every parameter there, of its shape, and nothing else.
   *
   * @param weights tensors by full name
   * @throws WeightsMismatchException listing every missing, unexpected and mis-shaped tensor
   */
  public void checkWeights(Map<String, Tensor> weights) {
    List<String> problems = new ArrayList<>();
    Map<String, Parameter> parameters = parameters();
    parameters.forEach(
        (name, parameter) -> {
          Tensor tensor = weights.get(name);
          if (tensor == null) {
            problems.add("missing " + OneLine.of(name, LONGEST_NAME) + " " + parameter.shape());
          } else if (!tensor.shape().equals(parameter.shape())) {
            problems.add(
                name + ": expected shape " + parameter.shape() + ", found " + tensor.shape());
          }
        });
    weights.forEach(
        (name, tensor) -> {
          if (!parameters.containsKey(name)) {
            problems.add("unexpected " + OneLine.of(name, LONGEST_NAME) + " " + tensor.shape());
          }
        });
    if (!problems.isEmpty()) {
      throw new WeightsMismatchException(problems);
    }
  }
}
