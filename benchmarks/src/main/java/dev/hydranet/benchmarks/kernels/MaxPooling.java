package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.plain.PlainArm;
import dev.hydranet.benchmarks.plain.PlainLoops;
import dev.hydranet.benchmarks.plain.PlainMaxPool;
import org.openjdk.jmh.annotations.Param;

/** The 5x5 max-pools of chained residual pooling. */
public class MaxPooling extends PlainArm {
  @Param({"crp4.0.1_maxpool", "crp3.0.1_maxpool", "crp2.0.1_maxpool", "crp1.0.1_maxpool"})
  public String layer;

  @Override
  public Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  protected PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainMaxPool(piece, rotatedBytes);
  }
}
