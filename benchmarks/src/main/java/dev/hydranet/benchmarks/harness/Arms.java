package dev.hydranet.benchmarks.harness;

import dev.hydranet.engine.Engine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same work on scalar kernels and on SIMD kernels of every width. An arm that the machine does
 * not have fails and is left out of the results.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public abstract class Arms {
  private static final String BITS = "dev.hydranet.vectorBits";
  private static final String BITS_ARE = "-D" + BITS + "=";

  /**
   * Makes ready what is measured, and checks its results.
   *
   * @throws IllegalStateException if they are wrong
   */
  protected abstract void prepare();

  /** What is measured. */
  protected abstract void measure(Cost cost);

  /** Checks that the kernels are those that the arm asks for. */
  @Setup(Level.Trial)
  public void setUp() {
    Engine.Info kernels = Engine.info();
    if (Integer.getInteger(BITS, kernels.vectorBits()) != kernels.vectorBits()) {
      throw new NotApplicableException(
          "expected " + BITS + "=" + Integer.getInteger(BITS) + ", found " + kernels.reason());
    }
    prepare();
  }

  @Benchmark
  @Fork(jvmArgsAppend = BITS_ARE + "0")
  public void scalar(Cost cost) {
    measure(cost);
  }

  @Benchmark
  @Fork(jvmArgsAppend = BITS_ARE + "128")
  public void simd128(Cost cost) {
    measure(cost);
  }

  @Benchmark
  @Fork(jvmArgsAppend = BITS_ARE + "256")
  public void simd256(Cost cost) {
    measure(cost);
  }

  @Benchmark
  @Fork(jvmArgsAppend = BITS_ARE + "512")
  public void simd512(Cost cost) {
    measure(cost);
  }
}
