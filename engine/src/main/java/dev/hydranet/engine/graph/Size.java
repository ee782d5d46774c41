package dev.hydranet.engine.graph;

/**
 * Two extents of an image plane, in pixels: a kernel, a stride, a padding, a dilation or a target
 * size.
 */
public record Size(int height, int width) {
  /** The same extent both ways. */
  public static Size square(int extent) {
    return new Size(extent, extent);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
