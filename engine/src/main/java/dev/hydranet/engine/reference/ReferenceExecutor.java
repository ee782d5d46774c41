package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Collection;
import java.util.Map;

/**
 * Walks a graph operator by operator with plain loops: what a reader steps through and what tests
 * trust. Stateless.
 */
public final class ReferenceExecutor {
  private ReferenceExecutor() {}

  /**
   * Computes values of a graph.
   *
   * @param weights the graph's parameters by full name
   * @param inputs a tensor for each of the graph's inputs
   * @param wanted labels or names of nodes
   * @return a tensor for each wanted name, in that order
   */
  public static Map<String, Tensor> run(
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, Tensor> inputs,
      Collection<String> wanted) {
    throw new IllegalStateException("being written");
  }
}
