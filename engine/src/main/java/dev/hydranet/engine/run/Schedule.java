package dev.hydranet.engine.run;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.LoadNchw;
import dev.hydranet.engine.kernel.StoreNchw;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kernels of steps in order, bound to places in memory for inputs of one shape. */
public final class Schedule {
  /**
   * What is computed.
   *
   * @param lanes to a multiple of which channels are padded
   * @param inputs the shape of each input
   * @param outputs the value of each output, by the output's name
   * @param steps in the order in which they run
   * @param shapes of all the graph's values
   */
  public record Work(
      int lanes,
      Map<String, Shape> inputs,
      Map<String, String> outputs,
      List<Step> steps,
      Map<String, Shape> shapes) {
    /** Where its values lie in memory. */
    public Arena arena() {
      return Arena.of(lanes, inputs.keySet(), steps, shapes);
    }

    /** Its inputs and their shapes, for messages. */
    public String description() {
      return inputs.entrySet().stream()
          .map(input -> input.getKey() + " " + input.getValue())
          .collect(Collectors.joining(", "));
    }
  }

  /** A kernel that copies between a caller's tensor and memory. */
  public record Port<K extends Kernel>(String name, Shape shape, K kernel) {}

  /**
   * A step with its kernel.
   *
   * @param step null for a copy of an input or output
   * @param value that it computes or copies
   * @param description of the work
   * @param shape of the value
   * @param bytes that pass between memory and processor at least: inputs, weights, output
   */
  public record Bound(
      Step step, Kernel kernel, String value, String description, Shape shape, long bytes) {}

  private final Work work;
  private final Map<String, Place> places;
  private final List<Port<LoadNchw>> loads = new ArrayList<>();
  private final List<Port<StoreNchw>> stores = new ArrayList<>();
  private final List<Bound> bound = new ArrayList<>();
  private final long activationFloats;

  /**
   * Binds kernels.
   *
   * @param work what is computed
   * @param memory gives arrays of the given numbers of floats; where nothing is going to run, they
   *     may be too short
   * @throws InsufficientMemoryException if a value has more numbers than an array can hold
   */
  public Schedule(Work work, Function<long[], float[][]> memory) {
    this.work = work;
    Arena arena = work.arena();
    if (!arena.fitsArrays()) {
      throw InsufficientMemoryException.ofArrays(work.description());
    }
    activationFloats = arena.floats();
    places = arena.places(memory.apply(arena.lengths()));
    for (String input : work.inputs().keySet()) {
      load(input);
      store(input);
    }
    for (Step step : work.steps()) {
      compute(step);
      store(step.name());
    }
  }

  private void load(String input) {
    LoadNchw kernel = new LoadNchw(places.get(input).nhwc());
    loads.add(new Port<>(input, work.shapes().get(input), kernel));
    copy(input, "copy from NCHW", input, kernel);
  }

  /** Copies a value out as soon as it is computed, so that its memory is free for others. */
  private void store(String value) {
    work.outputs()
        .forEach(
            (output, source) -> {
              if (source.equals(value)) {
                StoreNchw kernel = new StoreNchw(places.get(value).nhwc());
                stores.add(new Port<>(output, work.shapes().get(value), kernel));
                copy(output, "copy to NCHW", value, kernel);
              }
            });
  }

  private void copy(String name, String description, String value, Kernel kernel) {
    Shape shape = work.shapes().get(value);
    long bytes = shape.elementCount() * Float.BYTES + bytes(places.get(value));
    bound.add(new Bound(null, kernel, name, description, shape, bytes));
  }

  private void compute(Step step) {
    List<Place> reads = step.reads().stream().map(places::get).toList();
    Place place = places.get(step.name());
    Kernel kernel = step.binding().bind(reads, place);
    long bytes =
        reads.stream().mapToLong(Schedule::bytes).sum()
            + kernel.weightFloats() * Float.BYTES
            + bytes(place);
    Shape shape = step.extent().of(work.shapes());
    bound.add(new Bound(step, kernel, step.name(), step.description(), shape, bytes));
  }

  private static long bytes(Place place) {
    return (long) place.nhwc().pixels() * place.nhwc().stride() * Float.BYTES;
  }

  /** The kernels that copy inputs into memory. */
  public List<Port<LoadNchw>> loads() {
    return loads;
  }

  /** The kernels that copy outputs out of memory. */
  public List<Port<StoreNchw>> stores() {
    return stores;
  }

  /** The steps and copies in the order in which they run. */
  public List<Bound> bound() {
    return bound;
  }

  /** The shape of each of the graph's values. */
  public Map<String, Shape> shapes() {
    return work.shapes();
  }

  /** The shape of each output, by name. */
  public Map<String, Shape> outputShapes() {
    Map<String, Shape> result = new LinkedHashMap<>();
    work.outputs().forEach((output, value) -> result.put(output, work.shapes().get(value)));
    return result;
  }

  /** Floats of all values together, those that share memory counted once. */
  public long activationFloats() {
    return activationFloats;
  }

  /** Floats of scratch memory for each thread. */
  public long scratchFloats() {
    return bound.stream().mapToLong(step -> step.kernel().scratchFloats()).max().orElse(0);
  }
}
