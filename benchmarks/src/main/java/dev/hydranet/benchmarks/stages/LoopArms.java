package dev.hydranet.benchmarks.stages;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/** An operation by plain loops, too: the same with and without the compiler's vectoriser. */
public abstract class LoopArms extends StageArms {
  @Benchmark
  @Fork(jvmArgsAppend = "-XX:-UseSuperWord")
  public void scalar() {
    run();
  }

  @Benchmark
  public void autoVectorized() {
    run();
  }
}
