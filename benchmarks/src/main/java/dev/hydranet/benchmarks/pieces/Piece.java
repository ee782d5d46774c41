package dev.hydranet.benchmarks.pieces;

import dev.hydranet.benchmarks.harness.NotApplicableException;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.weights.RandomWeights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Some nodes of a network, cut out of it: what one kernel computes.
 *
 * @param nodes in the order of the network
 * @param inputs the values that they read from outside, with their shapes in the network
 * @param output the last of their values, which no other of them reads
 * @param shapes of all values of the network
 */
public record Piece(
    List<Node> nodes, Map<String, Shape> inputs, String output, Map<String, Shape> shapes) {

  /**
   * The nodes whose names satisfy a condition.
   *
   * @param image the shape of the network's input
   */
  public static Piece of(Graph network, Shape image, Predicate<String> belongs) {
    Map<String, Shape> shapes = network.shapes(Map.of(network.inputs().get(0), image));
    List<Node> nodes = network.nodes().stream().filter(node -> belongs.test(node.name())).toList();
    if (nodes.isEmpty()) {
      throw new NotApplicableException("the network has none of these nodes");
    }
    Map<String, Shape> inputs = new LinkedHashMap<>();
    Set<String> inside = new HashSet<>();
    for (Node node : nodes) {
      for (String input : node.inputs()) {
        if (!inside.contains(input)) {
          inputs.put(input, shapes.get(input));
        }
      }
      inside.add(node.name());
    }
    return new Piece(nodes, inputs, nodes.get(nodes.size() - 1).name(), shapes);
  }

  /**
   * A node with what its kernel does on the way out: the batch normalisation, sum and activation
   * behind it that the planner puts into the same step.
   *
   * @throws NotApplicableException if the network has no node of that name
   */
  public static Piece withEpilogue(Graph network, Shape image, String name) {
    Plan plan = Planner.plan(network, RandomWeights.of(network, 1));
    List<String> step =
        plan.info(image).steps().stream()
            .map(StepInfo::nodes)
            .filter(nodes -> nodes.contains(name))
            .findFirst()
            .orElseThrow(() -> new NotApplicableException("the network has no " + name));
    Map<String, Op> ops = network.nodes().stream().collect(Collectors.toMap(Node::name, Node::op));
    int end = step.indexOf(name) + 1;
    while (end < step.size() && isEpilogue(ops.get(step.get(end)))) {
      end++;
    }
    return of(network, image, step.subList(step.indexOf(name), end)::contains);
  }

  private static boolean isEpilogue(Op op) {
    return op instanceof BatchNorm || op instanceof Activation || op instanceof Add;
  }

  /** Appends the nodes to another graph, a prefix before their names. */
  Value append(GraphBuilder g, String prefix, Map<String, Value> outside) {
    Map<String, Value> values = new HashMap<>(outside);
    for (Node node : nodes) {
      Value[] operands = node.inputs().stream().map(values::get).toArray(Value[]::new);
      values.put(node.name(), g.op(prefix + node.name(), node.op(), operands));
    }
    return values.get(output);
  }

  /** Multiply-adds. */
  public long macs() {
    return nodes.stream().mapToLong(node -> node.op().macs(Graph.inputShapes(node, shapes))).sum();
  }

  /** The least memory traffic in bytes: inputs, parameters, the output. */
  long bytes() {
    long elements = shapes.get(output).elementCount();
    for (Shape input : inputs.values()) {
      elements += input.elementCount();
    }
    for (Node node : nodes) {
      for (Parameter parameter : node.op().parameters()) {
        elements += parameter.shape().elementCount();
      }
    }
    return elements * Float.BYTES;
  }

  /** The shapes, as readable text. */
  @Override
  public String toString() {
    List<Shape> read = new ArrayList<>(inputs.values());
    return String.format(
        "%s: %s -> %s, %.1f million multiply-adds, %.1f MB",
        output, read, shapes.get(output), macs() / 1e6, bytes() / 1e6);
  }
}
