package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.plain.PlainArm;
import dev.hydranet.benchmarks.plain.PlainConvolution;
import dev.hydranet.benchmarks.plain.PlainLoops;
import org.openjdk.jmh.annotations.Param;

/**
 * Convolutions with all channels in each filter: the stem, and the heads without the scale before
 * them.
 */
public class StandardConvolution extends PlainArm {
  @Param({"layer1.0", "segm", "depth", "normal"})
  public String layer;

  @Override
  public Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  protected PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainConvolution(piece, rotatedBytes);
  }
}
