package dev.hydranet.benchmarks.pieces;

import dev.hydranet.benchmarks.harness.Arms;
import dev.hydranet.benchmarks.harness.Cost;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.network.Variant;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A piece of the network on one thread. Scores are of one piece. */
@OperationsPerInvocation(PieceRun.COPIES)
public abstract class KernelArms extends Arms {
  /** The network that pieces are cut out of; that of KITTI differs in its head of classes only. */
  public static final Graph NETWORK = Variant.NYUD3.network().graph();

  /** The size of the network's input, from which the pieces' sizes follow. */
  public static final Shape IMAGE = Shape.of(1, 3, 480, 640);

  private PieceRun run;
  private double gmacs;
  private double gigabytes;

  /** What is measured. */
  public abstract Piece piece();

  @Override
  protected void prepare() {
    Piece piece = piece();
    System.out.println("# " + piece);
    run = new PieceRun(piece, PieceRun.ROTATED_BYTES);
    gmacs = piece.macs() * PieceRun.COPIES / 1e9;
    gigabytes = piece.bytes() * PieceRun.COPIES / 1e9;
  }

  @Override
  protected void measure(Cost cost) {
    run.run();
    cost.add(gmacs, gigabytes);
  }
}
