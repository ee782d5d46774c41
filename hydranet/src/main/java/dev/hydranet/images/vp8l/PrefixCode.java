package dev.hydranet.images.vp8l;

import java.util.Arrays;
import javax.imageio.IIOException;

/** A canonical prefix code (RFC 9649, section 3.7.2). */
final class PrefixCode {
  private static final int LONGEST = 15;
  private static final int LONGEST_LOOKED_UP = 8;
  private static final int[] LENGTHS_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };
  private static final int REPEAT = 16;
  private static final int[] REPEAT_BITS = {2, 3, 7};
  private static final int[] REPEAT_LEAST = {3, 3, 11};

  /** By the next bits: a symbol and its length; -1 if it is longer. */
  private final int[] lookedUp;

  private final int lookedUpBits;
  private final int[] counts = new int[LONGEST + 1];
  private final short[] sorted;

  private PrefixCode(int[] lengths) throws IIOException {
    for (int length : lengths) {
      counts[length]++;
    }
    int symbols = lengths.length - counts[0];
    counts[0] = 0;
    sorted = new short[symbols];
    int[] starts = new int[LONGEST + 2];
    int[] codes = new int[LONGEST + 2];
    int left = 1;
    int longest = 0;
    for (int length = 1; length <= LONGEST; length++) {
      starts[length + 1] = starts[length] + counts[length];
      codes[length + 1] = codes[length] + counts[length] << 1;
      left = 2 * left - counts[length];
      longest = counts[length] > 0 ? length : longest;
    }
    if (symbols == 0 || symbols > 1 && left != 0) {
      throw new IIOException("its pixels are damaged: a prefix code that is none");
    }
    // A symbol that is the only one takes no bits.
    lookedUpBits = symbols == 1 ? 0 : Math.min(longest, LONGEST_LOOKED_UP);
    lookedUp = new int[1 << lookedUpBits];
    Arrays.fill(lookedUp, -1);
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        sorted[starts[length]++] = (short) symbol;
        int code = codes[length]++;
        if (symbols == 1) {
          lookedUp[0] = symbol << 4;
        } else if (length <= lookedUpBits) {
          int first = Integer.reverse(code) >>> Integer.SIZE - length;
          for (int i = first; i < lookedUp.length; i += 1 << length) {
            lookedUp[i] = symbol << 4 | length;
          }
        }
      }
    }
  }

  /** Reads a code for some symbols. */
  static PrefixCode read(BitReader in, int symbols) throws IIOException {
    int[] lengths = in.read(1) == 1 ? few(in, symbols) : many(in, symbols);
    in.check();
    return new PrefixCode(lengths);
  }

  /** One or two symbols. */
  private static int[] few(BitReader in, int symbols) throws IIOException {
    int count = in.read(1) + 1;
    int[] lengths = new int[symbols];
    int bits = in.read(1) == 1 ? 8 : 1;
    for (int i = 0; i < count; i++) {
      int symbol = in.read(i == 0 ? bits : 8);
      if (symbol >= symbols) {
        throw new IIOException("its pixels are damaged: a prefix code of symbol " + symbol);
      }
      lengths[symbol] = 1;
    }
    return lengths;
  }

  private static int[] many(BitReader in, int symbols) throws IIOException {
    int[] ofLengths = new int[LENGTHS_ORDER.length];
    int count = in.read(4) + 4;
    for (int i = 0; i < count; i++) {
      ofLengths[LENGTHS_ORDER[i]] = in.read(3);
    }
    PrefixCode code = new PrefixCode(ofLengths);
    int most = symbols;
    if (in.read(1) == 1) {
      int bits = 2 + 2 * in.read(3);
      most = 2 + in.read(bits);
    }
    int[] lengths = new int[symbols];
    int previous = 8;
    int symbol = 0;
    for (int i = 0; i < most && symbol < symbols; i++) {
      int length = code.read(in);
      if (length < REPEAT) {
        lengths[symbol++] = length;
        previous = length != 0 ? length : previous;
      } else {
        int kind = length - REPEAT;
        int times = REPEAT_LEAST[kind] + in.read(REPEAT_BITS[kind]);
        if (symbol + times > symbols) {
          throw new IIOException("its pixels are damaged: a prefix code of too many symbols");
        }
        Arrays.fill(lengths, symbol, symbol + times, kind == 0 ? previous : 0);
        symbol += times;
      }
    }
    return lengths;
  }

  /** The next symbol. */
  int read(BitReader in) {
    int entry = lookedUp[in.peek(lookedUpBits)];
    if (entry >= 0) {
      in.skip(entry & 15);
      return entry >> 4;
    }
    int ahead = in.peek(LONGEST);
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code = code << 1 | ahead & 1;
      ahead >>= 1;
      if (code - first < counts[length]) {
        in.skip(length);
        return sorted[index + code - first];
      }
      index += counts[length];
      first = first + counts[length] << 1;
    }
    throw new IllegalStateException("a complete code has a symbol for all bits");
  }
}
