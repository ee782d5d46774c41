package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.LoadNchw;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.StoreNchw;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A plan's working memory for inputs of one shape, and the threads that compute in it. After the
 * first call nothing is allocated. There is nothing to close: idle threads end by themselves, and
 * none keeps the JVM alive.
 *
 * <p>One call at a time: a thread that calls {@link #run} while another is in it gets an {@link
 * IllegalStateException}. The result is the same to the last bit whatever the number of threads.
 */
public final class Session {
  private record Port<K extends Kernel>(String name, Shape shape, K kernel) {}

  private final List<Port<LoadNchw>> loads = new ArrayList<>();
  private final List<Port<StoreNchw>> stores = new ArrayList<>();
  private final Kernel[] kernels;
  private final Map<String, Shape> outputShapes = new LinkedHashMap<>();
  private final Team team;
  private final long bytes;
  private final AtomicBoolean running = new AtomicBoolean();

  Session(Plan plan, Map<String, Shape> inputs, Threads threads) {
    Graph graph = plan.graph();
    Map<String, Shape> shapes = graph.shapes(inputs);
    List<Step> steps = plan.steps(shapes);
    long[] floats = new long[1];
    Map<String, Nhwc> places =
        Arena.place(
            plan,
            steps,
            shapes,
            count -> {
              floats[0] = count;
              return allocate(count, inputs);
            });
    List<Kernel> sequence = new ArrayList<>();
    for (String input : graph.inputs()) {
      LoadNchw load = new LoadNchw(places.get(input));
      loads.add(new Port<>(input, shapes.get(input), load));
      sequence.add(load);
      store(graph, plan.outputs(), input, shapes, places, sequence);
    }
    for (Step step : steps) {
      List<Nhwc> reads = step.reads().stream().map(places::get).toList();
      sequence.add(step.binding().bind(plan.kernels(), reads, places.get(step.name())));
      store(graph, plan.outputs(), step.name(), shapes, places, sequence);
    }
    for (String output : plan.outputs()) {
      outputShapes.put(output, shapes.get(graph.resolve(output)));
    }
    kernels = sequence.toArray(Kernel[]::new);
    int scratch = sequence.stream().mapToInt(Kernel::scratchFloats).max().orElse(0);
    team = new Team(threads.count(), scratch);
    bytes = (floats[0] + (long) scratch * threads.count()) * Float.BYTES;
  }

  /** Copies a value out as soon as it is computed, so that its memory is free for others. */
  private void store(
      Graph graph,
      List<String> outputs,
      String value,
      Map<String, Shape> shapes,
      Map<String, Nhwc> places,
      List<Kernel> sequence) {
    for (String output : outputs) {
      if (graph.resolve(output).equals(value)) {
        StoreNchw store = new StoreNchw(places.get(value));
        stores.add(new Port<>(output, shapes.get(value), store));
        sequence.add(store);
      }
    }
  }

  private static float[] allocate(long floats, Map<String, Shape> inputs) {
    long needed = floats * Float.BYTES;
    long heap = Runtime.getRuntime().maxMemory();
    if (floats <= Integer.MAX_VALUE - 8 && needed <= heap) {
      try {
        return new float[(int) floats];
      } catch (OutOfMemoryError e) {
        // Reported below: one array too many for the heap leaves nothing broken behind.
      }
    }
    throw new InsufficientMemoryException(
        String.format(
            "inputs %s need %,d MB of working memory; the heap may grow to %,d MB (-Xmx), a session to 8,191 MB",
            inputs, needed >> 20, heap >> 20));
  }

  /** The shape of each output, by name. */
  public Map<String, Shape> outputShapes() {
    return Collections.unmodifiableMap(outputShapes);
  }

  /** The bytes of working memory that it holds: activations and each thread's scratch. */
  public long workingBytes() {
    return bytes;
  }

  /** Zeroed tensors of the outputs' shapes, for {@link #run}. */
  public Map<String, Tensor> newOutputs() {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputShapes.forEach((name, shape) -> outputs.put(name, Tensor.zeros(shape)));
    return outputs;
  }

  /**
   * Computes the outputs.
   *
   * @param inputs a tensor for each of the graph's inputs, of the session's shape; not changed
   * @param outputs a tensor for each output, of its shape; overwritten
   * @throws IllegalArgumentException if a tensor is missing or of another shape
   * @throws IllegalStateException if another thread is in this method
   */
  public void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the session is in use by another thread; give each thread a session of its own");
    }
    try {
      for (int i = 0; i < loads.size(); i++) {
        Port<LoadNchw> load = loads.get(i);
        load.kernel().source(checked("input", load.name(), load.shape(), inputs));
      }
      for (int i = 0; i < stores.size(); i++) {
        Port<StoreNchw> store = stores.get(i);
        store.kernel().target(checked("output", store.name(), store.shape(), outputs));
      }
      team.begin();
      try {
        for (Kernel kernel : kernels) {
          team.run(kernel);
        }
      } finally {
        team.end();
      }
    } finally {
      running.set(false);
    }
  }

  private static Tensor checked(
      String role, String name, Shape shape, Map<String, Tensor> tensors) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor for " + role + " '" + name + "'");
    }
    if (!tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          role + " '" + name + "': expected shape " + shape + ", found " + tensor.shape());
    }
    return tensor;
  }
}
