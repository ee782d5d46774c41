package dev.hydranet.images.vp8l;

import javax.imageio.IIOException;

/** Bits from the low ones up. */
final class BitReader {
  private final byte[] data;
  private int position;
  private long bits;
  private int count;
  private int missing;

  BitReader(byte[] data, int start) {
    this.data = data;
    position = start;
  }

  /** The next bits, not yet taken; zeros after the end. */
  int peek(int wanted) {
    while (count < wanted) {
      if (position < data.length) {
        bits |= (data[position++] & 0xffL) << count;
      } else {
        missing += Byte.SIZE;
      }
      count += Byte.SIZE;
    }
    return (int) bits & (1 << wanted) - 1;
  }

  void skip(int taken) {
    bits >>>= taken;
    count -= taken;
  }

  int read(int wanted) {
    int value = peek(wanted);
    skip(wanted);
    return value;
  }

  /**
   * Makes sure that all that was taken was there.
   *
   * @throws IIOException if it was not
   */
  void check() throws IIOException {
    if (missing > count) {
      throw new IIOException("the file ends too early, or its pixels are damaged");
    }
  }
}
