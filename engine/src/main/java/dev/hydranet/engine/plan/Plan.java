package dev.hydranet.engine.plan;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.run.Schedule;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import dev.hydranet.engine.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled graph with its weights packed. It holds no sizes: each session is for inputs of its
 * own shape. Immutable: share it among any threads.
 */
public final class Plan {
  private final Graph graph;
  private final KernelProvider kernels;
  private final List<StepGroup> groups;
  private final List<String> outputs;

  Plan(Graph graph, KernelProvider kernels, List<StepGroup> groups, List<String> outputs) {
    this.graph = graph;
    this.kernels = kernels;
    this.groups = groups;
    this.outputs = outputs;
  }

  /** {@return the names of the values that a session computes} */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * {@return the working memory for inputs of the given shapes}
   *
   * @param inputs a shape for each of the graph's inputs
   * @param threads that compute in it
   * @throws IllegalArgumentException if the graph does not take such inputs
   * @throws InsufficientMemoryException if it needs more memory than the heap may grow to
   */
  public Session newSession(Map<String, Shape> inputs, Threads threads) {
    return new Session(this, inputs, threads);
  }

  /**
   * {@return the working memory for the only input of a graph that has one}
   *
   * @param input its shape
   * @param threads that compute in it
   * @throws IllegalArgumentException if the graph does not take such an input
   * @throws InsufficientMemoryException if it needs more memory than the heap may grow to
   */
  public Session newSession(Shape input, Threads threads) {
    return newSession(Map.of(graph.inputs().get(0), input), threads);
  }

  /**
   * {@return the bytes of working memory that a session for such inputs would hold; if it is more
   * than the heap may grow to, that much at least}
   *
   * @param inputs a shape for each of the graph's inputs
   * @param threads that would compute in it
   * @throws IllegalArgumentException if the graph does not take such inputs
   * @throws InsufficientMemoryException as {@link #info(Map)}
   */
  public long workingBytes(Map<String, Shape> inputs, Threads threads) {
    long values = work(inputs).arena().floats() * Float.BYTES;
    return values > Runtime.getRuntime().maxMemory() ? values : info(inputs).workingBytes(threads);
  }

  /**
   * {@return the shape of each output, by name, for inputs of the given shapes}
   *
   * @param inputs a shape for each of the graph's inputs
   * @throws IllegalArgumentException if the graph does not take such inputs
   */
  public Map<String, Shape> outputShapes(Map<String, Shape> inputs) {
    Map<String, Shape> shapes = graph.shapes(inputs);
    Map<String, Shape> result = new LinkedHashMap<>();
    outputs.forEach(output -> result.put(output, shapes.get(graph.resolve(output))));
    return Collections.unmodifiableMap(result);
  }

  /**
   * {@return what a session for inputs of the given shapes does, and the memory that it takes; none
   * of it is allocated}
   *
   * @param inputs a shape for each of the graph's inputs
   * @throws IllegalArgumentException if the graph does not take such inputs
   * @throws InsufficientMemoryException if a value has more numbers than an array can hold, or its
   *     rows are too many for the heap to hold where each is resized from
   */
  public PlanInfo info(Map<String, Shape> inputs) {
    Schedule.Work work = work(inputs);
    try {
      return info(new Schedule(work, lengths -> new float[lengths.length][0]));
    } catch (OutOfMemoryError e) {
      long values = work.arena().floats() * Float.BYTES;
      throw InsufficientMemoryException.of(work.description(), values, e);
    }
  }

  /**
   * {@return what a session does for the only input of a graph that has one}
   *
   * @param input its shape
   * @throws IllegalArgumentException if the graph does not take such an input
   * @throws InsufficientMemoryException if a value has more numbers than an array can hold
   */
  public PlanInfo info(Shape input) {
    return info(Map.of(graph.inputs().get(0), input));
  }

  KernelProvider kernels() {
    return kernels;
  }

  /** What a session computes for inputs of the given shapes. */
  Schedule.Work work(Map<String, Shape> inputs) {
    Map<String, Shape> shapes = graph.shapes(inputs);
    Map<String, Shape> inputShapes = new LinkedHashMap<>();
    graph.inputs().forEach(input -> inputShapes.put(input, shapes.get(input)));
    Map<String, String> values = new LinkedHashMap<>();
    outputs.forEach(output -> values.put(output, graph.resolve(output)));
    List<Step> steps = groups.stream().flatMap(group -> group.steps(shapes).stream()).toList();
    return new Schedule.Work(kernels.lanes(), inputShapes, values, steps, shapes);
  }

  private static PlanInfo info(Schedule schedule) {
    return new PlanInfo(
        schedule.bound().stream().map(bound -> info(bound, schedule.shapes())).toList(),
        schedule.activationFloats() * Float.BYTES,
        schedule.scratchFloats() * Float.BYTES);
  }

  private static StepInfo info(Schedule.Bound bound, Map<String, Shape> shapes) {
    List<Node> nodes = bound.step() == null ? List.of() : bound.step().nodes();
    return new StepInfo(
        bound.value(),
        nodes.stream().map(Node::name).toList(),
        bound.description(),
        bound.kernel().kind(),
        bound.shape(),
        bound.step() == null ? 0 : bound.step().macs(shapes),
        bound.kernel().macs(),
        bound.kernel().parts(),
        bound.bytes(),
        bound.kernel().weightFloats() * Float.BYTES,
        bound.kernel().scratchFloats() * Float.BYTES);
  }
}
