package dev.hydranet.benchmarks;

import org.openjdk.jmh.annotations.Param;

/** Bilinear upsampling, with the sum and activation behind it. */
public class Upsampling extends PlainArm {
  @Param({"up4", "up3", "up2"})
  public String layer;

  @Override
  Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainUpsample(piece, rotatedBytes);
  }
}
