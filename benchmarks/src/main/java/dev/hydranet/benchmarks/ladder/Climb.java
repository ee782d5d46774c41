package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.harness.RandomTensors;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.benchmarks.ladder.rung.Rung;
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
import org.openjdk.jmh.annotations.Warmup;

/** How long each rung of each ladder takes, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class Climb {
  /** Channels in and out: a stage of MobileNetV2. */
  public static final int CHANNELS = 192;

  /** Pixels on a side of that stage's images. */
  public static final int SIZE = 28;

  /** A ladder and the number of a rung. */
  @Param({
    "STANDARD_1",
    "STANDARD_2",
    "STANDARD_3",
    "STANDARD_4",
    "STANDARD_5",
    "STANDARD_6",
    "STANDARD_7",
    "STANDARD_8",
    "STANDARD_9",
    "STANDARD_10",
    "POINTWISE_1",
    "POINTWISE_2",
    "POINTWISE_3",
    "POINTWISE_4",
    "POINTWISE_5",
    "POINTWISE_6",
    "POINTWISE_7",
    "POINTWISE_8",
    "POINTWISE_9",
    "DEPTHWISE_1",
    "DEPTHWISE_2",
    "DEPTHWISE_3",
    "DEPTHWISE_4",
    "DEPTHWISE_5",
    "DEPTHWISE_6",
    "DEPTHWISE_7",
    "DEPTHWISE_8",
    "DEPTHWISE_9"
  })
  public String rung;

  /** Where the data is. */
  @Param public Data data;

  private final List<Rung> copies = new ArrayList<>();
  private float[] scratch;
  private int next;

  /**
   * Makes the copies.
   *
   * @throws IllegalStateException if the results of the first or the last are wrong
   */
  @Setup
  public void setUp() {
    String[] name = rung.split("_");
    Ladder ladder = Ladder.valueOf(name[0]);
    Convolution c = ladder.convolution(CHANNELS, SIZE, SIZE);
    Tensor input = RandomTensors.uniform(c.input(), 0);
    do {
      Rung copy = ladder.rung(Integer.parseInt(name[1]), c);
      copy.load(input);
      copies.add(copy);
    } while (data.needsMore(c.bytes() * copies.size()));
    scratch = new float[Math.toIntExact(copies.getFirst().scratchFloats())];
    Tensor expected = c.expected(input);
    check(c, copies.getFirst(), expected);
    check(c, copies.getLast(), expected);
  }

  private void check(Convolution c, Rung copy, Tensor expected) {
    run(copy);
    double error = Difference.between(copy.result(), expected).maxRelative();
    if (!(error <= c.tolerance())) {
      throw new IllegalStateException(
          String.format(
              "%s: expected an error of at most %.2e against the reference, found %.2e",
              rung, c.tolerance(), error));
    }
  }

  @Benchmark
  public void climb() {
    run(copies.get(next));
    next = next + 1 == copies.size() ? 0 : next + 1;
  }

  private void run(Rung copy) {
    for (int part = 0; part < copy.parts(); part++) {
      copy.run(part, scratch);
    }
  }
}
