package dev.hydranet.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Two 1x1 convolutions with nothing but batch normalisation between them, computed as one. */
public class MergedPointwise extends KernelArms {
  @Param("conv8")
  public String layer;

  @Override
  Piece piece() {
    return Piece.of(
        NETWORK,
        IMAGE,
        name -> name.matches("layer8\\.0\\.output\\.2\\..|fuse4(\\.relu)?") || name.equals(layer));
  }
}
