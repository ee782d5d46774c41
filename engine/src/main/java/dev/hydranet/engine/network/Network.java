package dev.hydranet.engine.network;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.text.OneLine;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Any network: a graph and its weights, which one file holds. Immutable: share it among any
 * threads. There is nothing to close.
 *
 * <pre>{@code
 * Network network = Network.load(Path.of("resnet18.safetensors"));
 * Session session =
 *     network.newSession(Map.of("input", Shape.of(1, 3, 224, 224)), Threads.of(2));
 * Map<String, Tensor> outputs = session.newOutputs();
 * session.run(Map.of("input", image), outputs);
 * }</pre>
 *
 * <p>For many sessions, compile once with {@link #plan}: each new session here compiles again.
 */
public final class Network {
  /** The key under which the graph stands in a file's metadata. */
  public static final String GRAPH = "graph";

  private static final int LONGEST_MESSAGE = 2000;

  private final Graph graph;
  private final Map<String, Tensor> weights;
  private final Map<String, List<Integer>> inputShapes;

  private Network(
      Graph graph, Map<String, Tensor> weights, Map<String, List<Integer>> inputShapes) {
    graph.checkWeights(weights);
    this.graph = graph;
    this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    this.inputShapes = Collections.unmodifiableMap(new LinkedHashMap<>(inputShapes));
  }

  /**
   * {@return a network from its parts}
   *
   * @param graph any
   * @param weights the graph's parameters by full name
   * @param inputShapes for each input its extents, -1 for one that is free; empty where nothing is
   *     known
   * @throws dev.hydranet.engine.graph.WeightsMismatchException if the weights are not the graph's
   */
  public static Network of(
      Graph graph, Map<String, Tensor> weights, Map<String, List<Integer>> inputShapes) {
    return new Network(graph, weights, inputShapes);
  }

  /**
   * {@return a network from the content of a file}
   *
   * @param content whose metadata has the graph under {@link #GRAPH}
   * @throws IllegalArgumentException if it has none, or a damaged one, or the tensors are not the
   *     graph's
   */
  public static Network of(Safetensors content) {
    String text = content.metadata().get(GRAPH);
    if (text == null) {
      throw new IllegalArgumentException(
          "expected a graph in the metadata, as `hydranet convert MODEL.onnx` writes it, found "
              + content.metadata().keySet());
    }
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    Graph graph;
    try {
      graph = GraphJson.read(text, shapes);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "graph: " + OneLine.of(String.valueOf(e.getMessage()), LONGEST_MESSAGE), e);
    }
    return new Network(graph, content.tensors(), shapes);
  }

  /**
   * Loads a network.
   *
   * @param file safetensors with a graph, as {@code hydranet convert MODEL.onnx} writes it
   * @return the network
   * @throws WeightsFormatException if the file is not such a file; the message names the file and
   *     what is wrong
   * @throws IOException if it cannot be read
   */
  public static Network load(Path file) throws IOException {
    Safetensors content = Safetensors.read(file);
    try {
      return of(content);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes the network to a file, whole or not at all.
   *
   * @param file the file to write
   * @param metadata further strings by key
   * @param dtype how the weights are stored
   * @throws IOException if the file cannot be written
   */
  public void write(Path file, Map<String, String> metadata, DType dtype) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.put(GRAPH, GraphJson.write(graph, inputShapes));
    Safetensors.write(file, weights, all, dtype);
  }

  /** {@return the graph, for inputs of any shape} */
  public Graph graph() {
    return graph;
  }

  /** {@return the graph's parameters by full name} */
  public Map<String, Tensor> weights() {
    return weights;
  }

  /**
   * {@return the extents of each input that the network was made for, outermost first; -1 stands
   * for any, and there are none where nothing is known}
   */
  public Map<String, List<Integer>> inputShapes() {
    return inputShapes;
  }

  /**
   * {@return the inputs whose values must be known before a session is made: whole numbers that
   * shapes depend on, such as the extents that a tensor is resized to}
   */
  public Set<String> numberInputs() {
    Set<String> numbers = new LinkedHashSet<>();
    for (Node node : graph.nodes().reversed()) {
      List<String> reads = node.inputs();
      if (node.op() instanceof ShapeDependent dependent) {
        boolean all =
            dependent instanceof ShapeDependent.Range || dependent instanceof ShapeDependent.Fill;
        numbers.addAll(reads.subList(all || reads.isEmpty() ? 0 : 1, reads.size()));
      }
      if (numbers.contains(node.name()) && !(node.op() instanceof ShapeDependent.ShapeOf)) {
        numbers.addAll(reads);
      }
    }
    numbers.retainAll(graph.inputs());
    return numbers;
  }

  /**
   * {@return the network with some of its inputs given once and for all}
   *
   * @param values for inputs by name
   * @throws IllegalArgumentException if there is no such input
   */
  public Network with(Map<String, Tensor> values) {
    if (values.isEmpty()) {
      return this;
    }
    GraphBuilder builder = new GraphBuilder();
    Map<String, Value> known = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>(weights);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>(inputShapes);
    for (String input : values.keySet()) {
      if (!graph.inputs().contains(input)) {
        throw new IllegalArgumentException(
            "there is no input '" + input + "' among " + graph.inputs());
      }
    }
    for (String input : graph.inputs()) {
      Tensor value = values.get(input);
      if (value == null) {
        known.put(input, builder.input(input));
      } else {
        known.put(input, builder.op(input, new Rearrange.Constant(value.shape())));
        tensors.put(input + ".value", value);
        shapes.remove(input);
      }
    }
    for (Node node : graph.nodes()) {
      Value[] operands = node.inputs().stream().map(known::get).toArray(Value[]::new);
      known.put(node.name(), builder.op(node.name(), node.op(), operands));
    }
    graph.labels().forEach((label, name) -> builder.label(label, known.get(name)));
    graph.outputs().forEach(label -> builder.output(label, known.get(graph.resolve(label))));
    return new Network(builder.build(), tensors, shapes);
  }

  /**
   * {@return the network for inputs of given shapes, with what only depends on shapes computed: a
   * graph that {@link Planner} and {@link ReferenceExecutor} take, and its weights}
   *
   * @param inputs a shape for each of the graph's inputs
   * @param wanted labels or names of nodes
   * @throws IllegalArgumentException if the network does not take such inputs; the message names
   *     the node
   */
  public Network specialize(Map<String, Shape> inputs, Collection<String> wanted) {
    Specialization special = Specialization.of(graph, weights, inputs, wanted);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    inputs.forEach(
        (name, shape) -> shapes.put(name, Arrays.stream(shape.toArray()).boxed().toList()));
    return new Network(special.graph(), special.weights(), shapes);
  }

  /**
   * {@return the network compiled for inputs of given shapes; any threads may share it}
   *
   * @param inputs a shape for each of the graph's inputs
   * @param wanted labels or names of nodes that its sessions give, in this order
   * @throws IllegalArgumentException if the network does not take such inputs, or has no such value
   */
  public Plan plan(Map<String, Shape> inputs, Collection<String> wanted) {
    Network special = specialize(inputs, wanted);
    return Planner.plan(special.graph, special.weights, wanted);
  }

  /**
   * {@return working memory for inputs of given shapes, which computes the network's outputs}
   *
   * @param inputs a shape for each of the graph's inputs
   * @param threads that compute in it
   * @throws IllegalArgumentException if the network does not take such inputs; the message names
   *     the node
   * @throws InsufficientMemoryException if it needs more memory than the heap may grow to
   */
  public Session newSession(Map<String, Shape> inputs, Threads threads) {
    return plan(inputs, graph.outputs()).newSession(inputs, threads);
  }

  /**
   * Computes values by the reference executor: plain loops, slow.
   *
   * @param inputs a tensor for each of the graph's inputs
   * @param wanted labels or names of nodes
   * @return a tensor for each wanted name, in that order
   * @throws IllegalArgumentException if the network does not take such inputs, or has no such value
   */
  public Map<String, Tensor> reference(Map<String, Tensor> inputs, Collection<String> wanted) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Network special = specialize(shapes, wanted);
    return ReferenceExecutor.run(special.graph, special.weights, inputs, wanted);
  }
}
