package dev.hydranet.engine.plan;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.LoadNchw;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.StoreNchw;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan's kernels in order, bound to places in memory for inputs of one shape. */
final class Schedule {
  /** A kernel that copies between a caller's tensor and memory. */
  record Port<K extends Kernel>(String name, Shape shape, K kernel) {}

  private final Plan plan;
  private final Map<String, Shape> shapes;
  private final Map<String, Nhwc> places;
  private final List<Port<LoadNchw>> loads = new ArrayList<>();
  private final List<Port<StoreNchw>> stores = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<StepInfo> infos = new ArrayList<>();
  private final Map<String, Shape> outputShapes = new LinkedHashMap<>();
  private final Arena arena;

  /**
   * Binds a plan's kernels.
   *
   * @param memory gives arrays of the given numbers of floats; where nothing is going to run, they
   *     may be too short
   * @throws InsufficientMemoryException if a value has more numbers than an array can hold
   */
  Schedule(Plan plan, Map<String, Shape> inputs, Function<long[], float[][]> memory) {
    Graph graph = plan.graph();
    this.plan = plan;
    this.shapes = graph.shapes(inputs);
    List<Step> steps = plan.steps(shapes);
    this.arena = Arena.of(plan, steps, shapes);
    if (!arena.fitsArrays()) {
      throw InsufficientMemoryException.ofArrays(describe(inputs));
    }
    this.places = arena.places(memory.apply(arena.lengths()));
    for (String input : graph.inputs()) {
      load(input);
      store(input);
    }
    for (Step step : steps) {
      compute(step);
      store(step.name());
    }
    for (String output : plan.outputs()) {
      outputShapes.put(output, shapes.get(graph.resolve(output)));
    }
  }

  /** Inputs and their shapes, for people. */
  static String describe(Map<String, Shape> inputs) {
    return inputs.entrySet().stream()
        .map(input -> input.getKey() + " " + input.getValue())
        .collect(Collectors.joining(", "));
  }

  private void load(String input) {
    Nhwc place = places.get(input);
    LoadNchw kernel = new LoadNchw(place);
    Shape shape = shapes.get(input);
    loads.add(new Port<>(input, shape, kernel));
    add(kernel, copy(input, "copy from NCHW", shape, kernel, place));
  }

  /** Copies a value out as soon as it is computed, so that its memory is free for others. */
  private void store(String value) {
    for (String output : plan.outputs()) {
      if (plan.graph().resolve(output).equals(value)) {
        Nhwc place = places.get(value);
        StoreNchw kernel = new StoreNchw(place);
        Shape shape = shapes.get(value);
        stores.add(new Port<>(output, shape, kernel));
        add(kernel, copy(output, "copy to NCHW", shape, kernel, place));
      }
    }
  }

  private void compute(Step step) {
    List<Nhwc> reads = step.reads().stream().map(places::get).toList();
    Nhwc place = places.get(step.name());
    Kernel kernel = step.binding().bind(plan.kernels(), reads, place);
    long weights = kernel.weightFloats() * Float.BYTES;
    long bytes = reads.stream().mapToLong(Schedule::bytes).sum() + weights + bytes(place);
    add(
        kernel,
        new StepInfo(
            step.name(),
            step.nodes().stream().map(Node::name).toList(),
            step.what(),
            kernel.getClass().getSimpleName(),
            step.extent().of(shapes),
            step.macs(shapes),
            kernel.macs(),
            kernel.parts(),
            bytes,
            weights,
            kernel.scratchFloats() * Float.BYTES));
  }

  private static StepInfo copy(String value, String what, Shape shape, Kernel kernel, Nhwc place) {
    long tensor = shape.elementCount() * Float.BYTES;
    return new StepInfo(
        value,
        List.of(),
        what,
        kernel.getClass().getSimpleName(),
        shape,
        0,
        0,
        kernel.parts(),
        tensor + bytes(place),
        0,
        0);
  }

  private void add(Kernel kernel, StepInfo info) {
    kernels.add(kernel);
    infos.add(info);
  }

  private static long bytes(Nhwc place) {
    return (long) place.pixels() * place.stride() * Float.BYTES;
  }

  List<Port<LoadNchw>> loads() {
    return loads;
  }

  List<Port<StoreNchw>> stores() {
    return stores;
  }

  List<Kernel> kernels() {
    return kernels;
  }

  Map<String, Shape> outputShapes() {
    return Collections.unmodifiableMap(outputShapes);
  }

  /** Floats of scratch memory for each thread. */
  long scratchFloats() {
    return kernels.stream().mapToLong(Kernel::scratchFloats).max().orElse(0);
  }

  PlanInfo info() {
    return new PlanInfo(infos, arena.floats() * Float.BYTES, scratchFloats() * Float.BYTES);
  }
}
