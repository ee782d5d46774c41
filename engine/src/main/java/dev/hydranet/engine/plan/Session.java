package dev.hydranet.engine.plan;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.LoadNchw;
import dev.hydranet.engine.kernel.StoreNchw;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
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
  private final List<Schedule.Port<LoadNchw>> loads;
  private final List<Schedule.Port<StoreNchw>> stores;
  private final Kernel[] kernels;
  private final Map<String, Shape> outputShapes;
  private final Team team;
  private final long bytes;
  private final AtomicBoolean running = new AtomicBoolean();

  Session(Plan plan, Map<String, Shape> inputs, Threads threads) {
    Schedule schedule = new Schedule(plan, inputs, count -> allocate(count, inputs));
    loads = schedule.loads();
    stores = schedule.stores();
    kernels = schedule.kernels().toArray(Kernel[]::new);
    outputShapes = schedule.outputShapes();
    team = new Team(threads.count(), schedule.scratchFloats());
    bytes = schedule.info().workingBytes(threads);
  }

  private static float[] allocate(int floats, Map<String, Shape> inputs) {
    long bytes = (long) floats * Float.BYTES;
    if (bytes <= Runtime.getRuntime().maxMemory()) {
      try {
        return new float[floats];
      } catch (OutOfMemoryError e) {
        // Reported below: one array too many for the heap leaves nothing broken behind.
      }
    }
    throw new InsufficientMemoryException(inputs, bytes);
  }

  /** The shape of each output, by name. */
  public Map<String, Shape> outputShapes() {
    return outputShapes;
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
   * @throws IllegalStateException if another thread is in this session
   */
  public void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    run(inputs, outputs, null);
  }

  /**
   * Computes the outputs as {@link #run} does, and times each step.
   *
   * @param nanoseconds overwritten: how long each step took, from its first part to the end of its
   *     last; as long as {@link Plan#info} has steps
   * @throws IllegalArgumentException if a tensor is missing or of another shape, or there are not
   *     as many numbers as steps
   * @throws IllegalStateException if another thread is in this session
   */
  public void profile(Map<String, Tensor> inputs, Map<String, Tensor> outputs, long[] nanoseconds) {
    if (nanoseconds.length != kernels.length) {
      throw new IllegalArgumentException(
          "nanoseconds: expected " + kernels.length + " of them, found " + nanoseconds.length);
    }
    run(inputs, outputs, nanoseconds);
  }

  private void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs, long[] nanoseconds) {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the session is in use by another thread; give each thread a session of its own");
    }
    try {
      for (int i = 0; i < loads.size(); i++) {
        Schedule.Port<LoadNchw> load = loads.get(i);
        load.kernel().source(checked("input", load.name(), load.shape(), inputs));
      }
      for (int i = 0; i < stores.size(); i++) {
        Schedule.Port<StoreNchw> store = stores.get(i);
        store.kernel().target(checked("output", store.name(), store.shape(), outputs));
      }
      team.begin();
      try {
        long start = System.nanoTime();
        for (int i = 0; i < kernels.length; i++) {
          team.run(kernels[i]);
          if (nanoseconds != null) {
            long end = System.nanoTime();
            nanoseconds[i] = end - start;
            start = end;
          }
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
