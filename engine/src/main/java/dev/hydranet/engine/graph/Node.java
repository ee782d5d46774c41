package dev.hydranet.engine.graph;

import java.util.List;

/**
 * An operator at its place in a graph. Its output carries its name.
 *
 * @param name unique in the graph; for an operator with parameters, the module's path in the {@code
 *     state_dict}
 * @param op the operator
 * @param inputs the names of the values it reads: inputs of the graph or earlier nodes
 */
public record Node(String name, Op op, List<String> inputs) {
  /** Copies the list of inputs. */
  public Node {
    inputs = List.copyOf(inputs);
  }

  /**
   * {@return the full name of one of the operator's parameters, such as {@code layer1.0.weight}}
   *
   * @param parameter one of {@code op().parameters()}
   */
  public String parameterName(Parameter parameter) {
    return name + "." + parameter.name();
  }
}
