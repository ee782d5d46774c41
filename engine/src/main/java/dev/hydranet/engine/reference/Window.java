package dev.hydranet.engine.reference;

/**
 * The pixels of one row or column that lie under a sliding window, without the padding.
 *
 * @param begin the first
 * @param end the one after the last
 */
record Window(int begin, int end) {
  /** The window that makes element {@code i} of the output. */
  static Window of(int i, int kernel, int stride, int padding, int extent) {
    int begin = i * stride - padding;
    return new Window(Math.max(begin, 0), Math.min(begin + kernel, extent));
  }

  int length() {
    return end - begin;
  }
}
