package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import org.openjdk.jmh.annotations.Param;

/** Two 1x1 convolutions with nothing but batch normalisation between them, computed as one. */
public class MergedPointwise extends KernelArms {
  @Param("conv8")
  public String layer;

  @Override
  public Piece piece() {
    return Piece.of(
        NETWORK,
        IMAGE,
        name -> name.matches("layer8\\.0\\.output\\.2\\..|fuse4(\\.relu)?") || name.equals(layer));
  }
}
