package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import org.openjdk.jmh.annotations.Param;

/** Inverted residuals whole: expand, filter, project, and the sum where there is one. */
public class InvertedResidual extends KernelArms {
  @Param({
    "layer2.0",
    "layer3.0",
    "layer3.1",
    "layer4.0",
    "layer4.1",
    "layer5.0",
    "layer5.1",
    "layer6.0",
    "layer6.1",
    "layer7.0",
    "layer7.1",
    "layer8.0"
  })
  public String layer;

  @Override
  public Piece piece() {
    return Piece.of(NETWORK, IMAGE, name -> name.startsWith(layer + "."));
  }
}
