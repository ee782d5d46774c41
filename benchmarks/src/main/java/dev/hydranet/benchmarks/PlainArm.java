package dev.hydranet.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** A piece that begins with a convolution; one arm more does that convolution in plain loops. */
public abstract class PlainArm extends KernelArms {
  private PlainConvolution plain;

  /** The plain loops. */
  abstract PlainConvolution plain(Piece piece);

  /** Checks the plain loops, too. */
  @Setup(Level.Trial)
  public void setUpPlain() {
    plain = plain(piece());
    plain.prepare();
  }

  @Benchmark
  @OperationsPerInvocation(1)
  public void autoVectorized(Cost cost) {
    plain.run();
    cost.add(plain.gmacs(), plain.gigabytes());
  }
}
