package dev.hydranet.engine.kernel;

/**
 * Changes values where they are, right after a kernel has computed them and while they are in
 * cache: an activation function that is more than a clamp, a factor for each channel.
 */
public interface Epilogue {
  /**
   * Changes a run of pixels.
   *
   * @param values the output of the kernel
   * @param first the first pixel, counted through all images
   * @param pixels how many
   */
  void apply(Nhwc values, int first, int pixels);
}
