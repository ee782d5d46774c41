package dev.hydranet.images.vp8;

import javax.imageio.IIOException;

/** Arithmetic decoding of bits by their probabilities (RFC 6386, section 7). */
final class BoolDecoder {
  private final byte[] data;
  private final int end;
  private int position;
  private int range = 255;

  /** The next {@link #ahead} + 8 bits, less what has been decoded of them. */
  private int value;

  private int ahead = -Byte.SIZE;
  private boolean exhausted;

  /** Bits out of a part of an array. */
  BoolDecoder(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /**
   * The next bit.
   *
   * @param probability of 0, in 256ths
   */
  int bit(int probability) {
    if (ahead < 0) {
      load();
    }
    int split = 1 + ((range - 1) * probability >> 8);
    int bit;
    if (value >= split << ahead) {
      value -= split << ahead;
      range -= split;
      bit = 1;
    } else {
      range = split;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(range) - (Integer.SIZE - Byte.SIZE);
    range <<= shift;
    ahead -= shift;
    return bit;
  }

  private void load() {
    value <<= Byte.SIZE;
    ahead += Byte.SIZE;
    if (position < end) {
      value |= data[position++] & 0xff;
    } else {
      exhausted = true;
    }
  }

  /** The next bit, as probable as not. */
  boolean flag() {
    return bit(128) != 0;
  }

  /** An unsigned number, its high bit first. */
  int number(int bits) {
    int number = 0;
    for (int i = 0; i < bits; i++) {
      number = number << 1 | bit(128);
    }
    return number;
  }

  /** A number and its sign. */
  int signed(int bits) {
    int number = number(bits);
    return flag() ? -number : number;
  }

  /** A number and its sign if a flag says that it is there, otherwise 0. */
  int optional(int bits) {
    return flag() ? signed(bits) : 0;
  }

  /**
   * Makes sure that all that has been decoded was there.
   *
   * @throws IIOException if it was not
   */
  void check() throws IIOException {
    if (exhausted) {
      throw new IIOException("the file ends too early, or its pixels are damaged");
    }
  }
}
