package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * A compiled graph with its weights packed. It holds no sizes: each session is for inputs of its
 * own shape. Immutable: share it among any threads.
 */
public final class Plan {
  private final Graph graph;
  private final KernelProvider kernels;
  private final List<Unit> units;
  private final List<String> outputs;

  Plan(Graph graph, KernelProvider kernels, List<Unit> units, List<String> outputs) {
    this.graph = graph;
    this.kernels = kernels;
    this.units = units;
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
   * @throws InsufficientMemoryException if it needs more memory than the heap may grow to
   */
  public Session newSession(Map<String, Shape> inputs, Threads threads) {
    return new Session(this, inputs, threads);
  }

  /**
   * The working memory for the only input of a graph that has one.
   *
   * @throws IllegalArgumentException if the graph does not take such an input
   * @throws InsufficientMemoryException if it needs more memory than the heap may grow to
   */
  public Session newSession(Shape input, Threads threads) {
    return newSession(Map.of(graph.inputs().get(0), input), threads);
  }

  /**
   * What a session for inputs of the given shapes does, and the memory that it takes; none of it is
   * allocated.
   *
   * @throws IllegalArgumentException if the graph does not take such inputs
   * @throws InsufficientMemoryException if it needs more memory than a session may have
   */
  public PlanInfo info(Map<String, Shape> inputs) {
    return new Schedule(this, inputs, count -> new float[0]).info();
  }

  /**
   * What a session does for the only input of a graph that has one.
   *
   * @throws IllegalArgumentException if the graph does not take such an input
   * @throws InsufficientMemoryException if it needs more memory than a session may have
   */
  public PlanInfo info(Shape input) {
    return info(Map.of(graph.inputs().get(0), input));
  }

  Graph graph() {
    return graph;
  }

  KernelProvider kernels() {
    return kernels;
  }

  /** The steps for values of the given shapes. */
  List<Step> steps(Map<String, Shape> shapes) {
    return units.stream().flatMap(unit -> unit.steps(shapes).stream()).toList();
  }
}
