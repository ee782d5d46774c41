package dev.hydranet.engine.plan;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.LoadNchw;
import dev.hydranet.engine.kernel.StoreNchw;
import dev.hydranet.engine.run.Arena;
import dev.hydranet.engine.run.Schedule;
import dev.hydranet.engine.run.Workers;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A plan's working memory for inputs of one shape, and the threads that compute in it. After the
 * first call nothing is allocated. There is nothing to close: idle threads end by themselves, and
 * none keeps the JVM alive. Between calls it holds no tensor of the caller's.
 *
 * <p>One call at a time: a thread that calls {@link #run} while another is in it gets an {@link
 * IllegalStateException}. The result is the same to the last bit whatever the number of threads.
 */
public final class Session {
  private static final BooleanSupplier NEVER = () -> false;

  private final List<Schedule.Port<LoadNchw>> loads;
  private final List<Schedule.Port<StoreNchw>> stores;
  private final KernelProvider provider;
  private final Kernel[] kernels;
  private final Map<String, Shape> outputShapes;
  private final Workers workers;
  private final long bytes;
  private final String description;
  private final AtomicBoolean running = new AtomicBoolean();

  Session(Plan plan, Map<String, Shape> inputs, Threads threads) {
    provider = plan.kernels();
    bytes = plan.workingBytes(inputs, threads);
    Schedule.Work work = plan.work(inputs);
    description = work.description();
    InsufficientMemoryException.check(description, bytes);
    try {
      Schedule schedule = new Schedule(work, Session::allocate);
      loads = schedule.loads();
      stores = schedule.stores();
      kernels = schedule.bound().stream().map(Schedule.Bound::kernel).toArray(Kernel[]::new);
      outputShapes = Collections.unmodifiableMap(schedule.outputShapes());
      workers = new Workers(allocate(schedule.scratchFloats(), threads));
    } catch (OutOfMemoryError e) {
      // Arrays too many for the heap leave nothing broken behind.
      throw InsufficientMemoryException.of(description, bytes, e);
    }
  }

  private static float[][] allocate(long[] lengths) {
    float[][] arrays = new float[lengths.length][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[Math.toIntExact(lengths[i])];
    }
    return arrays;
  }

  private float[][] allocate(long scratchFloats, Threads threads) {
    if (scratchFloats > Arena.ARRAY) {
      throw InsufficientMemoryException.ofArrays(description);
    }
    return new float[threads.count()][(int) scratchFloats];
  }

  /** {@return the shape of each output, by name} */
  public Map<String, Shape> outputShapes() {
    return outputShapes;
  }

  /** {@return the bytes of working memory that it holds: activations and each thread's scratch} */
  public long workingBytes() {
    return bytes;
  }

  /**
   * {@return zeroed tensors of the outputs' shapes, for {@link #run}}
   *
   * @throws InsufficientMemoryException if the heap has no room for them
   */
  public Map<String, Tensor> newOutputs() {
    long needed = Float.BYTES * outputShapes.values().stream().mapToLong(Shape::elementCount).sum();
    String what = "outputs " + outputShapes;
    InsufficientMemoryException.check(what, needed);
    try {
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      outputShapes.forEach((name, shape) -> outputs.put(name, Tensor.zeros(shape)));
      return outputs;
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(what, needed, e);
    }
  }

  /**
   * Computes the outputs on all threads of the session.
   *
   * <p>The calling thread computes, too; an interrupt does not stop it and is kept. A virtual
   * thread keeps its carrier busy for as long.
   *
   * @param inputs a tensor for each of the graph's inputs, of the session's shape; not changed
   * @param outputs a tensor for each output, of its shape; overwritten
   * @throws IllegalArgumentException if a tensor is missing or of another shape
   * @throws IllegalStateException if another thread is in this session
   * @throws InsufficientMemoryException if the rest of the program has filled the heap
   */
  public void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    run(inputs, outputs, Integer.MAX_VALUE, NEVER, null);
  }

  /**
   * Computes the outputs as {@link #run(Map, Map)} does, unless it is cancelled meanwhile.
   *
   * @param inputs as for {@link #run(Map, Map)}
   * @param outputs as for {@link #run(Map, Map)}; if it is cancelled, their contents mean nothing
   * @param threads that compute at most; no more than the session has do
   * @param cancelled asked before each step, on the calling thread; true ends the run. It should be
   *     quick
   * @throws CancellationException if it was cancelled; the session can be used again
   * @throws IllegalArgumentException as {@link #run(Map, Map)}
   * @throws IllegalStateException as {@link #run(Map, Map)}
   * @throws InsufficientMemoryException as {@link #run(Map, Map)}
   */
  public void run(
      Map<String, Tensor> inputs,
      Map<String, Tensor> outputs,
      Threads threads,
      BooleanSupplier cancelled) {
    run(inputs, outputs, threads.count(), cancelled, null);
  }

  /**
   * Computes the outputs as {@link #run(Map, Map)} does, and times each step.
   *
   * @param inputs as for {@link #run(Map, Map)}
   * @param outputs as for {@link #run(Map, Map)}
   * @param nanoseconds takes the time of each step, from the start of its first part to the end of
   *     its last; as long as {@link Plan#info} has steps
   * @throws IllegalArgumentException if a tensor is missing or of another shape, or there are not
   *     as many numbers as steps
   * @throws IllegalStateException if another thread is in this session
   * @throws InsufficientMemoryException if the rest of the program has filled the heap
   */
  public void profile(Map<String, Tensor> inputs, Map<String, Tensor> outputs, long[] nanoseconds) {
    if (nanoseconds.length != kernels.length) {
      throw new IllegalArgumentException(
          "nanoseconds: expected " + kernels.length + " of them, found " + nanoseconds.length);
    }
    run(inputs, outputs, Integer.MAX_VALUE, NEVER, nanoseconds);
  }

  private void run(
      Map<String, Tensor> inputs,
      Map<String, Tensor> outputs,
      int threads,
      BooleanSupplier cancelled,
      long[] nanoseconds) {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the session is in use by another thread; give each thread its own session");
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
      try {
        provider.awaitWarmUp();
        workers.begin(threads);
        compute(cancelled, nanoseconds);
      } finally {
        workers.end();
      }
    } catch (OutOfMemoryError e) {
      // Not the kernels' own doing: before they are compiled, the JVM makes objects of vectors.
      throw InsufficientMemoryException.of("a run for " + description, bytes, e);
    } finally {
      letGo();
      running.set(false);
    }
  }

  private void compute(BooleanSupplier cancelled, long[] nanoseconds) {
    long start = System.nanoTime();
    for (int i = 0; i < kernels.length; i++) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("the run was cancelled");
      }
      workers.run(kernels[i]);
      if (nanoseconds != null) {
        long end = System.nanoTime();
        nanoseconds[i] = end - start;
        start = end;
      }
    }
  }

  /** Keeps nothing of a caller's alive between calls. */
  private void letGo() {
    for (int i = 0; i < loads.size(); i++) {
      loads.get(i).kernel().source(null);
    }
    for (int i = 0; i < stores.size(); i++) {
      stores.get(i).kernel().target(null);
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
