package dev.hydranet.images.vp8;

import java.util.Arrays;

/** A macroblock's coefficients: 16 blocks of luma, four of either chroma (RFC 6386, section 13). */
final class Coefficients {
  private static final int BLOCKS = 24;
  private static final int AFTER_SECOND = 0;
  private static final int SECOND = 1;
  private static final int CHROMA = 2;
  private static final int WITH_DC = 3;
  private static final int CONTEXTS = 3;
  private static final int TOKENS = 11;
  private static final int BANDS = 8;
  private static final int[] BAND = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** Of the bits of numbers from 11, 19, 35 and 67 on. */
  private static final int[][] LARGE = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  /** Luma, blue and red, 16 of each block. */
  final int[] values = new int[BLOCKS * 16];

  private final int[] second = new int[16];
  private final int[] probabilities;

  /** Whether the blocks above had any: 4 of luma, 2 of either chroma, the second, by column. */
  private final byte[][] above;

  private final byte[] left = new byte[9];

  Coefficients(int[] probabilities, int columns) {
    this.probabilities = probabilities;
    above = new byte[columns][9];
  }

  void startRow() {
    Arrays.fill(left, (byte) 0);
  }

  /** For a macroblock without any. */
  void skip(int column, boolean byBlocks) {
    Arrays.fill(values, 0);
    // The second block's state stays where there is no second block.
    int states = byBlocks ? 8 : 9;
    Arrays.fill(above[column], 0, states, (byte) 0);
    Arrays.fill(left, 0, states, (byte) 0);
  }

  /** Reads a macroblock's; returns whether any is not zero. */
  boolean read(BoolDecoder in, int column, boolean byBlocks, Quantisers quantisers) {
    Arrays.fill(values, 0);
    byte[] top = above[column];
    int first = 0;
    int type = WITH_DC;
    if (!byBlocks) {
      Arrays.fill(second, 0);
      int found =
          read(
              in,
              SECOND,
              top[8] + left[8],
              0,
              quantisers.secondDc(),
              quantisers.secondAc(),
              second,
              0);
      top[8] = left[8] = (byte) (found > 0 ? 1 : 0);
      Transforms.walshHadamard(second, values);
      first = 1;
      type = AFTER_SECOND;
    }
    boolean any = false;
    for (int i = 0; i < BLOCKS; i++) {
      boolean luma = i < 16;
      int x = luma ? i % 4 : 4 + (i - 16) / 4 * 2 + i % 2;
      int y = luma ? i / 4 : 4 + (i - 16) / 4 * 2 + i / 2 % 2;
      int start = luma ? first : 0;
      int found =
          read(
              in,
              luma ? type : CHROMA,
              top[x] + left[y],
              start,
              luma ? quantisers.lumaDc() : quantisers.chromaDc(),
              luma ? quantisers.lumaAc() : quantisers.chromaAc(),
              values,
              16 * i);
      top[x] = left[y] = (byte) (found > start ? 1 : 0);
      any |= found > 1 || values[16 * i] != 0;
    }
    return any;
  }

  /** Reads a block's; returns the index after the last one. */
  private int read(
      BoolDecoder in, int type, int context, int first, int dc, int ac, int[] to, int at) {
    int n = first;
    int p = probability(type, n, context);
    while (n < 16) {
      if (in.bit(probabilities[p]) == 0) {
        return n;
      }
      while (in.bit(probabilities[p + 1]) == 0) {
        n++;
        if (n == 16) {
          return 16;
        }
        p = probability(type, n, 0);
      }
      int value = 1;
      int next = 1;
      if (in.bit(probabilities[p + 2]) != 0) {
        value = large(in, p);
        next = 2;
      }
      value = in.flag() ? -value : value;
      to[at + ZIGZAG[n]] = value * (n > 0 ? ac : dc);
      n++;
      p = probability(type, n, next);
    }
    return 16;
  }

  private static int probability(int type, int n, int context) {
    return ((type * BANDS + BAND[n]) * CONTEXTS + context) * TOKENS;
  }

  private int large(BoolDecoder in, int p) {
    if (in.bit(probabilities[p + 3]) == 0) {
      if (in.bit(probabilities[p + 4]) == 0) {
        return 2;
      }
      return 3 + in.bit(probabilities[p + 5]);
    }
    if (in.bit(probabilities[p + 6]) == 0) {
      if (in.bit(probabilities[p + 7]) == 0) {
        return 5 + in.bit(159);
      }
      int two = 2 * in.bit(165);
      return 7 + two + in.bit(145);
    }
    int high = in.bit(probabilities[p + 8]);
    int category = 2 * high + in.bit(probabilities[p + 9 + high]);
    int value = 0;
    for (int probability : LARGE[category]) {
      value = 2 * value + in.bit(probability);
    }
    return value + 3 + (8 << category);
  }
}
