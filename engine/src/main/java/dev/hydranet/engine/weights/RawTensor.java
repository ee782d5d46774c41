package dev.hydranet.engine.weights;

import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A tensor of any type of number, read a chunk at a time from wherever it lies, so that a file can
 * be copied that is larger than memory.
 */
public interface RawTensor {
  /** {@return the type of its numbers} */
  StoredType type();

  /** {@return its shape, of any rank} */
  Shape shape();

  /**
   * Puts elements into a buffer until that is full.
   *
   * @param index of the first, row-major, 0 or more
   * @param to takes the elements' bytes, least significant first; has room for a whole number of
   *     elements, and for no more than there are from {@code index} on
   * @throws IOException if they cannot be read
   */
  void read(long index, ByteBuffer to) throws IOException;
}
