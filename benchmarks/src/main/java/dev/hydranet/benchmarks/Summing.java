package dev.hydranet.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Sums that no kernel before them takes in: those of chained residual pooling. */
public class Summing extends PlainArm {
  @Param({"crp4.0.1_sum", "crp3.0.1_sum", "crp2.0.1_sum"})
  public String layer;

  @Override
  Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainSum(piece, rotatedBytes);
  }
}
