package dev.hydranet.benchmarks.ladder.tiles;

/** Sums of products of a few pixels by a few vectors of outputs, kept in registers. */
interface Tile {
  /** Pixels. */
  int rows();

  /** Vectors of outputs. */
  int vectors();

  /**
   * Vectors that are alive at once if all loads of a step come before its multiply-adds, as C2
   * orders them: the sums, a step's weights and its inputs.
   */
  default int live() {
    return rows() * vectors() + vectors() + rows();
  }

  /**
   * Writes the tile's sums.
   *
   * @param in inputs, {@code [pixel][depth]}
   * @param a the first pixel's first input
   * @param weights {@code [depth][outputs]}
   * @param out {@code [pixel][outputs]}
   * @param c the first pixel's first output
   */
  void run(float[] in, int a, int depth, float[] weights, float[] out, int c);
}
