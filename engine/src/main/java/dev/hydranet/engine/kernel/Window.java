package dev.hydranet.engine.kernel;

import dev.hydranet.engine.graph.Conv2d;

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

  /**
   * All taps of a convolution's windows that are inside the image: what a kernel does for one
   * channel of one image that skips the others.
   */
  public static long taps(Conv2d conv, Nhwc in, Nhwc out) {
    return taps(
            in.height(),
            out.height(),
            conv.kernel().height(),
            conv.stride().height(),
            conv.padding().height(),
            conv.dilation().height())
        * taps(
            in.width(),
            out.width(),
            conv.kernel().width(),
            conv.stride().width(),
            conv.padding().width(),
            conv.dilation().width());
  }

  private static long taps(
      int extent, int windows, int kernel, int stride, int padding, int dilation) {
    long taps = 0;
    for (int i = 0; i < windows; i++) {
      int start = i * stride - padding;
      taps += end(start, dilation, kernel, extent) - first(start, dilation);
    }
    return taps;
  }

  /** The tap after the last inside an image of the given extent; at most the kernel's. */
  public static int end(int start, int dilation, int kernel, int extent) {
    return Math.min(kernel, Math.max(0, Math.ceilDiv(extent - start, dilation)));
  }
}
