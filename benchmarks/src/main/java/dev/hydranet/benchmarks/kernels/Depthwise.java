package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.plain.PlainArm;
import dev.hydranet.benchmarks.plain.PlainDepthwise;
import dev.hydranet.benchmarks.plain.PlainLoops;
import org.openjdk.jmh.annotations.Param;

/**
 * Depthwise convolutions, with the batch normalisation, activation and sum behind them: 3x3 ones of
 * the encoder, and the 1x1 one of the decoder.
 */
public class Depthwise extends PlainArm {
  @Param({
    "layer2.0.output.1.0",
    "layer3.0.output.1.0",
    "layer3.1.output.1.0",
    "layer4.0.output.1.0",
    "layer4.1.output.1.0",
    "layer5.0.output.1.0",
    "layer5.1.output.1.0",
    "layer6.1.output.1.0",
    "layer7.0.output.1.0",
    "layer7.1.output.1.0",
    "crp1.0.4_outvar_dimred"
  })
  public String layer;

  @Override
  public Piece piece() {
    return Piece.withEpilogue(NETWORK, IMAGE, layer);
  }

  @Override
  protected PlainLoops plain(Piece piece, long rotatedBytes) {
    return new PlainDepthwise(piece, rotatedBytes);
  }
}
