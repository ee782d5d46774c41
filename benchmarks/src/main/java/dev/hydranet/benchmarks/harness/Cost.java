package dev.hydranet.benchmarks.harness;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a benchmark does in a second, beside how often it runs. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Cost {
  /** Billions of multiply-adds: GMAC/s. */
  public double gmacs;

  /** The least memory traffic, in billions of bytes a second: GB/s. */
  public double gigabytes;

  /** Counts one invocation. */
  public void add(double gmacs, double gigabytes) {
    this.gmacs += gmacs;
    this.gigabytes += gigabytes;
  }
}
