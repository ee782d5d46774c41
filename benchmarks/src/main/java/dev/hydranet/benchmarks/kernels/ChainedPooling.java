package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import org.openjdk.jmh.annotations.Param;

/**
 * Chained residual pooling whole: four times a 5x5 max-pool and a 1x1 convolution, and their sum.
 */
public class ChainedPooling extends KernelArms {
  @Param({"crp4", "crp3", "crp2", "crp1"})
  public String layer;

  @Override
  public Piece piece() {
    return Piece.of(NETWORK, IMAGE, name -> name.startsWith(layer + "."));
  }
}
