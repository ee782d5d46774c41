package dev.hydranet.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * Convolutions with all channels in each filter: the stem, and the heads without the scale before
 * them.
 */
public class StandardConvolution extends PlainArm {
  @Param({"layer1.0", "segm", "depth", "normal"})
  public String layer;

  @Override
  Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainConvolution(piece, rotatedBytes);
  }
}
