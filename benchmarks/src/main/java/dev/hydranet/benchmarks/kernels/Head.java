package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.network.Variant;
import java.util.Set;
import org.openjdk.jmh.annotations.Param;

/** Heads whole: a factor for each channel, ReLU6, a 3x3 convolution. */
public class Head extends KernelArms {
  /** The variant and the task. */
  @Param({"kitti.segm", "nyud3.segm", "nyud3.depth", "nyud3.normal"})
  public String head;

  @Override
  public Piece piece() {
    String[] names = head.split("\\.");
    Set<String> nodes = Set.of("pre_" + names[1], names[1] + ".relu", names[1]);
    return Piece.of(Variant.named(names[0]).network().graph(), IMAGE, nodes::contains);
  }
}
