package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Nhwc;

/** Rows of a value, a block of {@link Pool5x5#BLOCK} channels at a time. */
interface BlockRows {
  /**
   * Makes a row of a block, if it is not there.
   *
   * @param row of all images' rows
   * @param block counts blocks of channels
   * @param memory for {@code [width][BLOCK]} from {@code to} on
   * @return where the row begins in {@link #data}
   */
  int row(int row, int block, float[] memory, int to);

  /** What the rows lie in: a tensor's memory, or that given to {@link #row}. */
  float[] data(float[] memory);

  /** Floats from one pixel to the next. */
  int stride();

  /** Multiply-adds with weights for all rows of all blocks. */
  default long macs() {
    return 0;
  }

  /** Floats of packed weights, biases among them. */
  default long weightFloats() {
    return 0;
  }

  /** What is there. */
  static BlockRows of(Nhwc in) {
    return new BlockRows() {
      @Override
      public int row(int row, int block, float[] memory, int to) {
        return in.row(row) + block * Pool5x5.BLOCK;
      }

      @Override
      public float[] data(float[] memory) {
        return in.data();
      }

      @Override
      public int stride() {
        return in.stride();
      }
    };
  }
}
