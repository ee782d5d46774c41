package dev.hydranet.images;

import dev.hydranet.engine.InsufficientMemoryException;
import javax.imageio.IIOException;

/**
 * Whether there is room for what an image's header announces, and whether its data can hold it. A
 * budget is for reading one file; it remembers what was announced.
 */
final class PixelBudget {
  private String announced = "an image";
  private long bytes;

  /**
   * Refuses a size before anything is allocated for it.
   *
   * @param bits of memory that a pixel takes while it is decoded
   * @throws IIOException if it is no size, or too large for any image
   * @throws InsufficientMemoryException if the heap cannot hold it
   */
  void check(long width, long height, int bits) throws IIOException {
    String size = width + " x " + height + " pixels";
    if (width <= 0 || height <= 0) {
      throw new IIOException(size + " are none");
    }
    // The two factors have 32 bits at most, and so their product may have 64.
    if (width > Images.MOST_PIXELS || height > Images.MOST_PIXELS / width) {
      throw new IIOException(size + " are too many");
    }
    announced = "an image of " + size;
    bytes = width * height * bits / Byte.SIZE;
    InsufficientMemoryException.check(announced, bytes);
  }

  /** For images that do not fit the rest of the heap. */
  InsufficientMemoryException exceeded(OutOfMemoryError cause) {
    return InsufficientMemoryException.of(announced, bytes, cause);
  }

  /**
   * Refuses an image that is larger than the best compression could store in the file's bytes.
   *
   * @param least how many bytes its pixels take at least
   * @param found how many there are
   */
  static void checkData(long least, long found) throws IIOException {
    if (found < least) {
      throw new IIOException(
          Reason.CUT_OFF + ": its pixels take at least " + least + " bytes, found " + found);
    }
  }
}
