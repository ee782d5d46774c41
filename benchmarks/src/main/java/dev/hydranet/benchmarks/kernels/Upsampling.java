package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.plain.PlainArm;
import dev.hydranet.benchmarks.plain.PlainLoops;
import dev.hydranet.benchmarks.plain.PlainUpsample;
import org.openjdk.jmh.annotations.Param;

/** Bilinear upsampling, with the sum and activation behind it. */
public class Upsampling extends PlainArm {
  @Param({"up4", "up3", "up2"})
  public String layer;

  @Override
  public Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  protected PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainUpsample(piece, rotatedBytes);
  }
}
