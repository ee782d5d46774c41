package dev.hydranet.cli.explain;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer as people count them: an operator with the normalisation and the activation behind it.
 *
 * @param nodes one or more, each reading the one before
 */
public record DrawnLayer(List<Node> nodes) {
  public DrawnLayer {
    nodes = List.copyOf(nodes);
  }

  /** All of a graph, in its order; each node is in one of them. */
  public static List<DrawnLayer> of(Graph graph) {
    Map<String, Integer> readers = new HashMap<>();
    graph.nodes().forEach(node -> node.inputs().forEach(in -> readers.merge(in, 1, Integer::sum)));
    graph.outputs().forEach(output -> readers.merge(graph.resolve(output), 1, Integer::sum));
    Map<String, List<Node>> byLastValue = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      boolean follows = node.op() instanceof BatchNorm || node.op() instanceof Activation;
      String input = node.inputs().getFirst();
      List<Node> layer =
          follows && readers.get(input) == 1 ? byLastValue.remove(input) : new ArrayList<>();
      layer = layer == null ? new ArrayList<>() : layer;
      layer.add(node);
      byLastValue.put(node.name(), layer);
    }
    return byLastValue.values().stream().map(DrawnLayer::new).toList();
  }

  /** Its first node's. */
  public String name() {
    return nodes.getFirst().name();
  }

  /** The value that comes out of it: its last node's name. */
  String value() {
    return nodes.getLast().name();
  }

  /** What it does before it normalises and activates. */
  Op op() {
    return nodes.getFirst().op();
  }
}
