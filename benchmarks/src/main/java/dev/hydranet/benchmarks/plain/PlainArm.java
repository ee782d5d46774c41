package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.harness.Cost;
import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.pieces.PieceRun;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** A piece whose first operator one arm more does in plain loops. */
public abstract class PlainArm extends KernelArms {
  private PlainLoops plain;

  /**
   * The plain loops.
   *
   * @param rotatedBytes how much memory the pictures that take turns have together
   */
  protected abstract PlainLoops plain(Piece piece, long rotatedBytes);

  /** Checks the plain loops, too. */
  @Setup(Level.Trial)
  public void setUpPlain() {
    plain = plain(piece(), PieceRun.ROTATED_BYTES);
    plain.check();
  }

  @Benchmark
  @OperationsPerInvocation(1)
  public void autoVectorized(Cost cost) {
    plain.run();
    cost.add(plain.gmacs(), plain.gigabytes());
  }
}
