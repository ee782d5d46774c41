package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import org.openjdk.jmh.annotations.Param;

/** The last RefineNet block whole: resizing, fusion and chained residual pooling. */
public class Refinement extends KernelArms {
  @Param("crp1")
  public String layer;

  @Override
  public Piece piece() {
    return Piece.of(
        NETWORK,
        IMAGE,
        name -> name.matches("up2|conv3|fuse1(\\.relu)?") || name.startsWith(layer));
  }
}
