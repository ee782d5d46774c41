package dev.hydranet.engine.kernel;

/**
 * Multiply-adds with operands in registers: the peak that kernels could reach. Not a {@link
 * Kernel}: it computes nothing that anybody needs.
 */
public interface MultiplyAdds {
  /** The most sums that there may be. */
  int MAX_SUMS = 256;

  /** How many multiply-adds a run does. */
  long count();

  /**
   * Does them: adds 1/2 * 1/4 to some or all of the sums, over and over.
   *
   * @param sums {@link #MAX_SUMS} of them
   */
  void run(float[] sums);
}
