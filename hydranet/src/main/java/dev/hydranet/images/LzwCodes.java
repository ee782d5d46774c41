package dev.hydranet.images;

/**
 * LZW (Welch 1984), as GIF and TIFF write it: codes whose width grows with the table of the strings
 * that they stand for.
 */
final class LzwCodes {
  private static final int MOST_BITS = 12;
  private static final int TABLE = 1 << MOST_BITS;

  private final byte[] data;
  private final int clear;
  private final int end;
  private final int firstBits;
  private final boolean highBitsFirst;

  /** How many codes before the table needs it their width grows. */
  private final int early;

  private final short[] prefix = new short[TABLE];
  private final byte[] suffix = new byte[TABLE];
  private final byte[] reversed = new byte[TABLE + 1];
  private long bit;

  private LzwCodes(byte[] data, int codeBits, boolean highBitsFirst, int early) {
    this.data = data;
    this.highBitsFirst = highBitsFirst;
    this.early = early;
    clear = 1 << codeBits;
    end = clear + 1;
    firstBits = codeBits + 1;
    for (int i = 0; i < clear; i++) {
      suffix[i] = (byte) i;
    }
  }

  /**
   * Codes of a GIF, from the low bits up.
   *
   * @param codeBits of a pixel, 1 to 11
   */
  static LzwCodes ofGif(byte[] data, int codeBits) {
    return new LzwCodes(data, codeBits, false, 0);
  }

  /**
   * Codes of a TIFF (TIFF 6.0, section 13), from the high bits down. Their width grows one code
   * early, as everybody writes it.
   */
  static LzwCodes ofTiff(byte[] data) {
    return new LzwCodes(data, Byte.SIZE, true, 1);
  }

  /** Fills an array from its beginning as far as there are valid codes; returns how far. */
  int decode(byte[] bytes) {
    int filled = 0;
    int bits = firstBits;
    int next = clear + 2;
    int previous = -1;
    byte first = 0;
    while (filled < bytes.length) {
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
      if (code > next || previous < 0 && code > end || code == next && next == TABLE) {
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
      while (length > 0 && filled < bytes.length) {
        bytes[filled++] = reversed[--length];
      }
      if (previous >= 0 && next < TABLE) {
        prefix[next] = (short) previous;
        suffix[next++] = first;
        if (next == (1 << bits) - early && bits < MOST_BITS) {
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
    int first = data[at] & 0xff;
    int second = at + 1 < data.length ? data[at + 1] & 0xff : 0;
    int third = at + 2 < data.length ? data[at + 2] & 0xff : 0;
    int offset = (int) (bit & 7);
    bit += bits;
    int shifted =
        highBitsFirst
            ? (first << 16 | second << 8 | third) >> 24 - bits - offset
            : (third << 16 | second << 8 | first) >> offset;
    return shifted & (1 << bits) - 1;
  }
}
