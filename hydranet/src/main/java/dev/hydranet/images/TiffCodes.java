package dev.hydranet.images;

/** TIFF's variant of LZW (TIFF 6.0, section 13): codes of 9 to 12 bits from the high bits down. */
final class TiffCodes {
  private static final int FIRST_BITS = 9;
  private static final int MOST_BITS = 12;
  private static final int TABLE = 1 << MOST_BITS;
  private static final int CLEAR = 256;
  private static final int END = 257;

  private final byte[] data;
  private final short[] prefix = new short[TABLE];
  private final byte[] suffix = new byte[TABLE];
  private final byte[] reversed = new byte[TABLE + 1];
  private long bit;

  TiffCodes(byte[] data) {
    this.data = data;
    for (int i = 0; i < CLEAR; i++) {
      suffix[i] = (byte) i;
    }
  }

  /** Fills an array from its beginning as far as there are valid codes; returns how far. */
  int decode(byte[] bytes) {
    int filled = 0;
    int bits = FIRST_BITS;
    int next = END + 1;
    int previous = -1;
    byte first = 0;
    while (filled < bytes.length) {
      int code = code(bits);
      if (code < 0 || code == END) {
        break;
      }
      if (code == CLEAR) {
        bits = FIRST_BITS;
        next = END + 1;
        previous = -1;
        continue;
      }
      if (code > next || previous < 0 && code > END || code == next && next == TABLE) {
        break;
      }
      int length = 0;
      int at = code;
      if (code == next) {
        reversed[length++] = first;
        at = previous;
      }
      while (at > END) {
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
        // One code earlier than the table needs it, as everybody writes it.
        if (next == (1 << bits) - 1 && bits < MOST_BITS) {
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
    int value = (data[at] & 0xff) << 16;
    value |= at + 1 < data.length ? (data[at + 1] & 0xff) << 8 : 0;
    value |= at + 2 < data.length ? data[at + 2] & 0xff : 0;
    int code = value >> 24 - bits - (int) (bit & 7) & (1 << bits) - 1;
    bit += bits;
    return code;
  }
}
