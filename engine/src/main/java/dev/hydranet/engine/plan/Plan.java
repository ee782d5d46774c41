package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A compiled graph with its weights. Immutable: share it among any threads; each takes a session of
 * its own.
 */
public final class Plan {
  final Graph graph;
  final Map<String, Tensor> weights;
  private final List<String> outputs;

  Plan(Graph graph, Map<String, Tensor> weights, List<String> outputs) {
    this.graph = graph;
    this.weights = weights;
    this.outputs = outputs;
  }

  /** The names of the values that a session computes. */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * The working memory for inputs of the given shapes.
   *
   * @throws IllegalArgumentException if the graph does not take such inputs
   */
  public Session newSession(Map<String, Shape> inputs, Threads threads) {
    return new Session(this, inputs, threads);
  }

  /** The working memory for the only input of a graph that has one. */
  public Session newSession(Shape input, Threads threads) {
    return newSession(Map.of(graph.inputs().get(0), input), threads);
  }
}
