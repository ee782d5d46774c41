package dev.hydranet.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Convolutions with all channels in each filter: the stem, and the heads without the scale before
 * them.
 */
public class StandardConvolution extends KernelArms {
  @Param({"layer1.0", "segm", "depth", "normal"})
  public String layer;

  @Override
  Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }
}
