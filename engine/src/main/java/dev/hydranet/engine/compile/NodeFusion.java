package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Upsample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which nodes of a graph are computed together, and leaves out those that no wanted value
 * needs.
 */
final class NodeFusion {
  private final Graph graph;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Integer> uses = new HashMap<>();

  private final Predicate<Unary> functions;

  private NodeFusion(Graph graph, Collection<String> wanted, Predicate<Unary> functions) {
    this.graph = graph;
    this.functions = functions;
    for (String name : wanted) {
      this.wanted.add(graph.resolve(name));
    }
    countUses();
  }

  /**
   * The steps in an order in which each comes after what it reads.
   *
   * @param functions those that may follow another operator in its step
   */
  static List<FusedNode> of(Graph graph, Collection<String> wanted, Predicate<Unary> functions) {
    return new NodeFusion(graph, wanted, functions).fuse();
  }

  /** The values that a node reads: of a second input that only gives a size, nothing is read. */
  static List<String> reads(Node node) {
    return node.op() instanceof Upsample ? node.inputs().subList(0, 1) : node.inputs();
  }

  private void countUses() {
    wanted.forEach(name -> uses.merge(name, 1, Integer::sum));
    for (Node node : graph.nodes().reversed()) {
      if (uses.containsKey(node.name())) {
        reads(node).forEach(input -> uses.merge(input, 1, Integer::sum));
      }
    }
  }

  private List<FusedNode> fuse() {
    // The step that computes a value, in the order in which steps got their last node.
    Map<String, FusedNode> steps = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (!uses.containsKey(node.name())) {
        continue;
      }
      FusedNode step = null;
      for (int i = 0; i < reads(node).size() && step == null; i++) {
        String input = node.inputs().get(i);
        FusedNode before = steps.get(input);
        boolean onlyUse = uses.get(input) == 1 && !wanted.contains(input);
        if (before != null && onlyUse && before.absorb(node, i)) {
          steps.remove(input);
          step = before;
        }
      }
      steps.put(node.name(), step == null ? new FusedNode(node, functions) : step);
    }
    return new ArrayList<>(steps.values());
  }
}
