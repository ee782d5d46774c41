package dev.hydranet.video;

/**
 * One picture as planes of 8-bit luma and colour samples, row by row without gaps. The planes are
 * shared, not copied.
 *
 * @param format what the numbers mean
 * @param y luma, {@code height * width}
 * @param cb blue difference, {@code chromaHeight * chromaWidth}; empty without colour
 * @param cr red difference, as large as {@code cb}
 */
public record YuvFrame(YuvFormat format, byte[] y, byte[] cb, byte[] cr) {
  /**
   * Checks the planes.
   *
   * @throws IllegalArgumentException if a plane is not of its size
   */
  public YuvFrame {
    check("y", y, format.width() * format.height());
    check("cb", cb, format.chromaWidth() * format.chromaHeight());
    check("cr", cr, format.chromaWidth() * format.chromaHeight());
  }

  private static void check(String name, byte[] plane, int expected) {
    if (plane.length != expected) {
      throw new IllegalArgumentException(
          "plane " + name + ": expected " + expected + " bytes, found " + plane.length);
    }
  }

  /**
   * {@return a frame with new planes, all zeros}
   *
   * @param format what the numbers will mean
   */
  public static YuvFrame of(YuvFormat format) {
    int colour = format.chromaWidth() * format.chromaHeight();
    return new YuvFrame(
        format, new byte[format.width() * format.height()], new byte[colour], new byte[colour]);
  }
}
