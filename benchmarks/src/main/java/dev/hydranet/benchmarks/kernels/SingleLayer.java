package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.pieces.KernelArms;
import dev.hydranet.benchmarks.pieces.Piece;
import dev.hydranet.benchmarks.pieces.PieceCopies;
import java.util.Locale;

/** Layers that runtimes are compared on by themselves, at 480x640. */
public enum SingleLayer {
  /** Six classes of KITTI. */
  SEGM_6(head("kitti.segm")),
  /** Forty classes of NYUD. */
  SEGM_40(head("nyud3.segm")),
  /** Depth. */
  DEPTH(head("nyud3.depth")),
  /** Surface normals. */
  NORMAL(head("nyud3.normal")),
  /** A pointwise convolution of 256 channels to as many. */
  POINTWISE(Piece.withEpilogue(KernelArms.NETWORK, KernelArms.IMAGE, "conv_adapt2"));

  private final Piece piece;

  SingleLayer(Piece piece) {
    this.piece = piece;
  }

  private static Piece head(String name) {
    Head head = new Head();
    head.head = name;
    return head.piece();
  }

  /** Makes a number of copies, at least 2, each with its own weights. */
  public PieceCopies copies(int count) {
    return PieceCopies.of(piece, count);
  }

  /** The multiply-adds of one. */
  public long macs() {
    return piece.macs();
  }

  /** Its name, with what goes in and comes out. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
