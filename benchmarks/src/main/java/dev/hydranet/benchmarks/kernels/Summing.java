package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.plain.PlainArm;
import dev.hydranet.benchmarks.plain.PlainLoops;
import dev.hydranet.benchmarks.plain.PlainSum;
import org.openjdk.jmh.annotations.Param;

/** Sums that no kernel before them takes in: those of chained residual pooling. */
public class Summing extends PlainArm {
  @Param({"crp4.0.1_sum", "crp3.0.1_sum", "crp2.0.1_sum"})
  public String layer;

  @Override
  public Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  protected PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainSum(piece, rotatedBytes);
  }
}
