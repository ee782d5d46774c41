package dev.hydranet.network;

import java.util.List;

/**
 * A row of table 2 of the MobileNetV2 paper (arXiv 1801.04381): a run of inverted residual blocks.
 *
 * @param expansion t, by how much the first 1x1 convolution widens a block's input
 * @param channels c, of the blocks' outputs
 * @param repeats n, how many blocks
 * @param stride s, of the first block; the others have 1
 */
record Stage(int expansion, int channels, int repeats, int stride) {
  /** The channels of the stem that comes before the stages. */
  static final int STEM = 32;

  /** The paper's rows. */
  static final List<Stage> PAPER =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));
}
