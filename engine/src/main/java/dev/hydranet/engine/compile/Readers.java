package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Graph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which fused nodes read a value, and whether the caller wants it. */
final class Readers {
  private final Map<String, List<FusedNode>> readers = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();

  Readers(List<FusedNode> nodes, Graph graph, Collection<String> wanted) {
    for (FusedNode node : nodes) {
      node.reads().forEach(read -> readers.computeIfAbsent(read, r -> new ArrayList<>()).add(node));
    }
    wanted.forEach(name -> this.wanted.add(graph.resolve(name)));
  }

  /** The nodes that read a node's value; one that reads it twice is there twice. */
  List<FusedNode> of(FusedNode node) {
    return readers.getOrDefault(node.name(), List.of());
  }

  /** Whether the caller wants the node's value. */
  boolean isWanted(FusedNode node) {
    return wanted.contains(node.name());
  }

  /** Whether a single node reads the value once, and it is not an output. */
  boolean isReadOnce(FusedNode node) {
    return of(node).size() == 1 && !isWanted(node);
  }

  /** The node that reads the value, if it is read once. */
  Optional<FusedNode> onlyReader(FusedNode node) {
    return isReadOnce(node) ? Optional.of(of(node).get(0)) : Optional.empty();
  }
}
