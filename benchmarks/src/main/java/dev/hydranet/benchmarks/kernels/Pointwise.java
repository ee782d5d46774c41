package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.plain.PlainArm;
import dev.hydranet.benchmarks.plain.PlainConvolution;
import dev.hydranet.benchmarks.plain.PlainLoops;
import org.openjdk.jmh.annotations.Param;

/** 1x1 convolutions, with the batch normalisation, activation and sum behind them. */
public class Pointwise extends PlainArm {
  @Param({
    "layer2.0.output.0.0",
    "layer2.0.output.2.0",
    "layer3.0.output.0.0",
    "layer3.0.output.2.0",
    "layer3.1.output.0.0",
    "layer3.1.output.2.0",
    "layer4.0.output.2.0",
    "layer4.1.output.0.0",
    "layer4.1.output.2.0",
    "layer5.0.output.2.0",
    "layer5.1.output.0.0",
    "layer5.1.output.2.0",
    "layer6.0.output.2.0",
    "layer6.1.output.0.0",
    "layer6.1.output.2.0",
    "layer7.0.output.2.0",
    "layer7.1.output.0.0",
    "layer7.1.output.2.0",
    "layer8.0.output.2.0",
    "conv8",
    "conv7",
    "crp4.0.4_outvar_dimred",
    "conv6",
    "conv5",
    "crp3.0.4_outvar_dimred",
    "conv4",
    "crp2.0.4_outvar_dimred",
    "conv3"
  })
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
