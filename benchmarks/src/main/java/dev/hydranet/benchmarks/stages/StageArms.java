package dev.hydranet.benchmarks.stages;

import dev.hydranet.benchmarks.harness.RandomTensors;
import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** An operation at the stages of a network, by the engine's kernels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public abstract class StageArms {
  static final String SIMD = "simd";

  /** How many compute. */
  @Param({"1", "2"})
  public int threads;

  /** Where the data is. */
  @Param public Data data;

  private final List<Pass> passes = new ArrayList<>();
  private Crew crew;
  private int next;

  /** What is measured. */
  abstract Operation operation();

  /** Where. */
  abstract Stage stage();

  /**
   * Makes the copies.
   *
   * @throws IllegalStateException if the results of the first or the last are wrong
   */
  @Setup
  public void setUp(BenchmarkParams benchmark) {
    setUp(benchmark.getBenchmark().endsWith("." + SIMD) ? Arm.ENGINE : Arm.LOOPS);
  }

  void setUp(Arm arm) {
    Layers layers = operation().at(stage());
    long bytes = layers.bytes(operation().fused());
    Tensor input = RandomTensors.uniform(layers.input(), 0);
    do {
      Pass pass = arm.bind(operation(), layers);
      pass.load(input);
      passes.add(pass);
    } while (data.needsMore(passes.size() * bytes));
    crew = new Crew(threads, passes.getFirst().kernels());
    Tensor expected = layers.expected(input);
    check(layers, passes.getFirst(), expected);
    check(layers, passes.getLast(), expected);
  }

  private void check(Layers layers, Pass pass, Tensor expected) {
    crew.run(pass.kernels());
    double error = Difference.between(pass.result(), expected).maxRelative();
    if (!(error <= layers.tolerance())) {
      throw new IllegalStateException(
          String.format(
              "%s at %s: expected an error of at most %.2e against the reference, found %.2e",
              operation(), stage(), layers.tolerance(), error));
    }
  }

  @Benchmark
  public void simd() {
    run();
  }

  final void run() {
    crew.run(passes.get(next).kernels());
    next = next + 1 == passes.size() ? 0 : next + 1;
  }

  @TearDown
  public void tearDown() {
    crew.close();
  }
}
