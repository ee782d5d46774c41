package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Nhwc;

/** Rows of a value, a block of {@link Pool5x5#BLOCK} channels at a time. */
interface BlockRows {
  /**
   * Writes a row of a block.
   *
   * @param row of all images' rows
   * @param block counts blocks of channels
   * @param memory for {@code [width][BLOCK]} from {@code to} on
   */
  void row(int row, int block, float[] memory, int to);

  /** Multiply-adds with weights for all rows of all blocks. */
  default long macs() {
    return 0;
  }

  /** Floats of packed weights, biases among them. */
  default long weightFloats() {
    return 0;
  }

  /** Copies of what is there. */
  static BlockRows of(Nhwc in) {
    return (row, block, memory, to) -> {
      int first = block * Pool5x5.BLOCK;
      int channels = Math.min(Pool5x5.BLOCK, in.stride() - first);
      for (int x = 0; x < in.width(); x++) {
        int a = in.row(row) + x * in.stride() + first;
        System.arraycopy(in.data(), a, memory, to + x * Pool5x5.BLOCK, channels);
      }
    };
  }
}
