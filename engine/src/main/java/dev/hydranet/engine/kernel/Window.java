package dev.hydranet.engine.kernel;

/**
 * Which taps of a sliding window fall inside the image, along one axis. A window that starts at
 * coordinate {@code start} (negative in the padding) has its tap k at {@code start + k * dilation}.
 */
public final class Window {
  private Window() {}

  /** The first tap inside. */
  public static int first(int start, int dilation) {
    return start >= 0 ? 0 : Math.ceilDiv(-start, dilation);
  }

  /** The tap after the last inside an image of the given extent; at most the kernel's. */
  public static int end(int start, int dilation, int kernel, int extent) {
    return Math.min(kernel, Math.max(0, Math.ceilDiv(extent - start, dilation)));
  }
}
