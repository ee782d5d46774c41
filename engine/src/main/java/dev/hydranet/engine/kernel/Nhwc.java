package dev.hydranet.engine.kernel;

/**
 * Where an image tensor lies in a session's memory: channels innermost, so that kernels put their
 * lanes over channels and need no masks. Element (n, y, x, c) is {@code data[offset + ((n * height
 * + y) * width + x) * stride + c]}.
 *
 * @param data the array
 * @param offset the index of the first element
 * @param batch images
 * @param height pixels
 * @param width pixels
 * @param channels how many of a pixel's floats carry values
 * @param stride floats from one pixel to the next; those beyond the channels may be written and
 *     mean nothing
 */
public record Nhwc(
    float[] data, int offset, int batch, int height, int width, int channels, int stride) {

  /**
   * Pixels of all images together; they follow each other without gaps. Without channels there are
   * no rows to visit. The product of the extents may then be any number.
   */
  public int pixels() {
    return channels == 0 ? 0 : batch * height * width;
  }

  /** Rows of all images together; likewise none where a row has no values. */
  public int rows() {
    return channels == 0 || width == 0 ? 0 : batch * height;
  }

  /** The index of a pixel's first channel, pixels counted through all images. */
  public int pixel(int index) {
    return offset + index * stride;
  }

  /**
   * The index of the first channel of the first pixel of a row, rows counted through all images.
   */
  public int row(int index) {
    return offset + index * width * stride;
  }
}
