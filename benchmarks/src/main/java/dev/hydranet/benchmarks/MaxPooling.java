package dev.hydranet.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** The 5x5 max-pools of chained residual pooling. */
public class MaxPooling extends PlainArm {
  @Param({"crp4.0.1_maxpool", "crp3.0.1_maxpool", "crp2.0.1_maxpool", "crp1.0.1_maxpool"})
  public String layer;

  @Override
  Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainMaxPool(piece, rotatedBytes);
  }
}
