package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.RandomTensors;
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

  /** More than last-level caches hold: copies of the rung with memory of their own take turns. */
  private static final long ROTATED_BYTES = 128 << 20;

  /** A ladder and the number of a rung. */
  @Param({
    "STANDARD 1",
    "STANDARD 2",
    "STANDARD 3",
    "STANDARD 4",
    "STANDARD 5",
    "STANDARD 6",
    "STANDARD 7",
    "STANDARD 8",
    "STANDARD 9",
    "STANDARD 10",
    "POINTWISE 1",
    "POINTWISE 2",
    "POINTWISE 3",
    "POINTWISE 4",
    "POINTWISE 5",
    "POINTWISE 6",
    "POINTWISE 7",
    "POINTWISE 8",
    "POINTWISE 9",
    "DEPTHWISE 1",
    "DEPTHWISE 2",
    "DEPTHWISE 3",
    "DEPTHWISE 4",
    "DEPTHWISE 5",
    "DEPTHWISE 6",
    "DEPTHWISE 7",
    "DEPTHWISE 8",
    "DEPTHWISE 9"
  })
  public String rung;

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
    String[] name = rung.split(" ");
    Ladder ladder = Ladder.valueOf(name[0]);
    Convolution c = ladder.convolution(CHANNELS, SIZE, SIZE);
    Tensor input = RandomTensors.uniform(c.input(), 0);
    do {
      Rung copy = ladder.rung(Integer.parseInt(name[1]), c);
      copy.load(input);
      copies.add(copy);
    } while (c.bytes() * copies.size() < ROTATED_BYTES);
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
