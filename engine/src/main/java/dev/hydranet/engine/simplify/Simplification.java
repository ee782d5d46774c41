package dev.hydranet.engine.simplify;

import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies the patterns to the nodes of a graph, in order. */
public final class Simplification {
  private Simplification() {}

  /**
   * Replaces nodes by others of the same name and value. Nodes that nothing reads any more stay.
   *
   * @param nodes by name, each after those that it reads
   * @param shapes of all values
   * @param constants values that are known
   * @param parameters of nodes by full name; those of new nodes are added
   */
  public static void apply(
      Map<String, Node> nodes,
      Map<String, Shape> shapes,
      Map<String, Tensor> constants,
      Map<String, Tensor> parameters) {
    Values values = new Values(nodes, shapes, constants, parameters);
    for (List<Pattern> patterns : Pattern.ALL) {
      for (String name : nodes.keySet()) {
        Optional<Node> simpler = match(patterns, nodes.get(name), values);
        while (simpler.isPresent()) {
          nodes.put(name, simpler.get());
          simpler = match(patterns, simpler.get(), values);
        }
      }
    }
  }

  private static Optional<Node> match(List<Pattern> patterns, Node node, Values values) {
    return patterns.stream()
        .map(pattern -> pattern.match(node, values))
        .filter(Optional::isPresent)
        .findFirst()
        .flatMap(found -> found);
  }
}
