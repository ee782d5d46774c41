package dev.hydranet.images;

/** GIF's variant of LZW: codes from the low bits up, of a width that grows with the table. */
final class GifCodes {
  private static final int MOST_BITS = 12;
  private static final int TABLE = 1 << MOST_BITS;

  private final byte[] data;
  private final int clear;
  private final int end;
  private final int firstBits;
  private final short[] prefix = new short[TABLE];
  private final byte[] suffix = new byte[TABLE];
  private final byte[] reversed = new byte[TABLE + 1];
  private long bit;

  /**
   * Codes to be decoded.
   *
   * @param codeBits of a pixel, 1 to 11
   */
  GifCodes(byte[] data, int codeBits) {
    this.data = data;
    clear = 1 << codeBits;
    end = clear + 1;
    firstBits = codeBits + 1;
    for (int i = 0; i < clear; i++) {
      suffix[i] = (byte) i;
    }
  }

  /** Fills an array from its beginning as far as there are valid codes; returns how far. */
  int decode(byte[] pixels) {
    int filled = 0;
    int bits = firstBits;
    int next = clear + 2;
    int previous = -1;
    byte first = 0;
    while (filled < pixels.length) {
      int code = code(bits);
      if (code < 0 || code == end) {
        break;
      }
      if (code == clear) {
        bits = firstBits;
        next = clear + 2;
        previous = -1;
        continue;
      }
      if (code > next || previous < 0 && code >= clear || code == next && next == TABLE) {
        break;
      }
      int length = 0;
      int at = code;
      if (code == next) {
        reversed[length++] = first;
        at = previous;
      }
      while (at > clear) {
        reversed[length++] = suffix[at];
        at = prefix[at];
      }
      first = suffix[at];
      reversed[length++] = first;
      while (length > 0 && filled < pixels.length) {
        pixels[filled++] = reversed[--length];
      }
      if (previous >= 0 && next < TABLE) {
        prefix[next] = (short) previous;
        suffix[next++] = first;
        if (next == 1 << bits && bits < MOST_BITS) {
          bits++;
        }
      }
      previous = code;
    }
    return filled;
  }

  private int code(int bits) {
    if (bit + bits > (long) data.length * Byte.SIZE) {
      return -1;
    }
    int at = (int) (bit >> 3);
    int value = data[at] & 0xff;
    value |= at + 1 < data.length ? (data[at + 1] & 0xff) << 8 : 0;
    value |= at + 2 < data.length ? (data[at + 2] & 0xff) << 16 : 0;
    int code = value >> (int) (bit & 7) & (1 << bits) - 1;
    bit += bits;
    return code;
  }
}
