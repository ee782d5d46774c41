package dev.hydranet.engine.reference;

/**
 * The taps of a sliding window along one axis that lie in the image, not in the padding.
 *
 * @param begin the pixel of the first
 * @param end beyond the pixel of the last
 * @param dilation pixels from one tap to the next
 */
record Window(int begin, int end, int dilation) {
  /** The window that makes element {@code i} of the output. */
  static Window of(int i, int kernel, int stride, int padding, int dilation, int extent) {
    int first = i * stride - padding;
    int skipped = first >= 0 ? 0 : Math.ceilDiv(-first, dilation);
    int end = Math.min(first + (kernel - 1) * dilation + 1, extent);
    return new Window(first + skipped * dilation, end, dilation);
  }

  /** How many taps. */
  int length() {
    return Math.max(0, Math.ceilDiv(end - begin, dilation));
  }
}
