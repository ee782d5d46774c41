package dev.hydranet.engine.graph;

/**
 * Two extents of an image plane, in pixels: a kernel, a stride, a padding, a dilation or a target
 * size.
 *
 * @param height rows; what is allowed depends on the use
 * @param width columns; likewise
 */
public record Size(int height, int width) {
  /**
   * {@return the same extent both ways}
   *
   * @param extent of both
   */
  public static Size square(int extent) {
    return new Size(extent, extent);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
