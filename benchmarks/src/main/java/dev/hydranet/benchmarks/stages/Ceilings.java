package dev.hydranet.benchmarks.stages;

import dev.hydranet.benchmarks.harness.Cost;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.MultiplyAdds;
import dev.hydranet.engine.kernel.choice.Kernels;
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

/**
 * What no kernel gets above: the processor's multiply-adds ({@code gmacs}), and the bandwidth of
 * its memory ({@code gigabytes}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class Ceilings {
  /** Numbers in an array of the triad: three of them are larger than caches. */
  private static final int FLOATS = 1 << 23;

  /** How many compute. */
  @Param({"1", "2"})
  public int threads;

  private List<Kernel> macs;
  private List<Kernel> triads;
  private double gmacs;
  private double gigabytes;
  private Crew crew;

  /** Allocates what they need. */
  @Setup
  public void setUp() {
    MultiplyAdds work = Kernels.provider().multiplyAdds();
    macs = List.of(new Macs(work, new float[threads][MultiplyAdds.MAX_SUMS]));
    triads = List.of(new Triads(new float[threads][3][FLOATS / threads]));
    gmacs = threads * work.count() / 1e9;
    gigabytes = 3.0 * Float.BYTES * FLOATS / 1e9;
    crew = new Crew(threads, macs);
  }

  /** Multiply-adds of the kind that the engine's kernels do, whose operands are in registers. */
  @Benchmark
  public void multiplyAdds(Cost cost) {
    crew.run(macs);
    cost.add(gmacs, 0);
  }

  /** {@code a = b + 3 c}; bytes as STREAM counts them, three numbers for each. */
  @Benchmark
  public void triad(Cost cost) {
    crew.run(triads);
    cost.add(0, gigabytes);
  }

  @TearDown
  public void tearDown() {
    crew.close();
  }

  /** A part for each thread. */
  private record Macs(MultiplyAdds work, float[][] sums) implements Kernel {
    @Override
    public int parts() {
      return sums.length;
    }

    @Override
    public void run(int part, float[] scratch) {
      work.run(sums[part]);
    }
  }

  /** A part for each thread. */
  private record Triads(float[][][] arrays) implements Kernel {
    @Override
    public int parts() {
      return arrays.length;
    }

    @Override
    public void run(int part, float[] scratch) {
      float[] a = arrays[part][0];
      float[] b = arrays[part][1];
      float[] c = arrays[part][2];
      for (int i = 0; i < a.length; i++) {
        a[i] = b[i] + 3 * c[i];
      }
    }
  }
}
