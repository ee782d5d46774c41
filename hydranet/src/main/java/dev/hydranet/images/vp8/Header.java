package dev.hydranet.images.vp8;

import javax.imageio.IIOException;

/** What precedes the macroblocks of a key frame (RFC 6386, sections 9 and 19.2). */
final class Header {
  static final int SEGMENTS = 4;
  private static final int FRAME_TAG = 10;
  private static final int COEFFICIENT_BITS = 8;

  final int width;
  final int height;

  /** Decodes modes, after the header. */
  final BoolDecoder modes;

  /** Decode coefficients, the macroblocks' rows in turn. */
  final BoolDecoder[] tokens;

  /** Of the segment of a macroblock; null if all are of segment 0. */
  int[] segmentProbabilities;

  final Quantisers[] quantisers = new Quantisers[SEGMENTS];
  final LoopFilter filter;
  final int[] coefficients = Tables.COEFFICIENTS.clone();

  /** Of a macroblock without coefficients, 0 if none says whether it is. */
  final int skipProbability;

  private boolean segmented;
  private boolean absolute;
  private final int[] segmentQuantisers = new int[SEGMENTS];
  private final int[] segmentLevels = new int[SEGMENTS];

  Header(byte[] data) throws IIOException {
    width = width(data);
    height = height(data);
    int tag = data[0] & 0xff | (data[1] & 0xff) << 8 | (data[2] & 0xff) << 16;
    int first = tag >> 5;
    if (first > data.length - FRAME_TAG) {
      throw new IIOException("the file ends too early");
    }
    modes = new BoolDecoder(data, FRAME_TAG, FRAME_TAG + first);
    modes.number(2); // The colour space, and whether pixels need clamping, which they get.
    readSegments();
    filter = readFilter();
    tokens = new BoolDecoder[1 << modes.number(2)];
    splitTokens(data, FRAME_TAG + first);
    readQuantisers();
    modes.flag(); // Whether probabilities are kept for the next frame; there is none.
    for (int i = 0; i < coefficients.length; i++) {
      if (modes.bit(Tables.COEFFICIENT_UPDATES[i]) != 0) {
        coefficients[i] = modes.number(COEFFICIENT_BITS);
      }
    }
    skipProbability = modes.flag() ? modes.number(Byte.SIZE) : -1;
    modes.check();
  }

  /**
   * The width that a frame's first bytes announce.
   *
   * @throws IIOException if they are no key frame's
   */
  static int width(byte[] data) throws IIOException {
    check(data);
    return (data[6] & 0xff | (data[7] & 0xff) << 8) & 0x3fff;
  }

  /**
   * The height that they announce.
   *
   * @throws IIOException if they are no key frame's
   */
  static int height(byte[] data) throws IIOException {
    check(data);
    return (data[8] & 0xff | (data[9] & 0xff) << 8) & 0x3fff;
  }

  private static void check(byte[] data) throws IIOException {
    if (data.length < FRAME_TAG) {
      throw new IIOException("the file ends too early");
    }
    if ((data[0] & 1) != 0 || (data[3] & 0xff) != 0x9d || data[4] != 1 || data[5] != 0x2a) {
      throw new IIOException("a WebP whose picture is no key frame of VP8");
    }
  }

  private void readSegments() {
    segmented = modes.flag();
    if (!segmented) {
      return;
    }
    boolean map = modes.flag();
    if (modes.flag()) {
      absolute = modes.flag();
      for (int i = 0; i < SEGMENTS; i++) {
        segmentQuantisers[i] = modes.optional(7);
      }
      for (int i = 0; i < SEGMENTS; i++) {
        segmentLevels[i] = modes.optional(6);
      }
    }
    if (map) {
      segmentProbabilities = new int[SEGMENTS - 1];
      for (int i = 0; i < segmentProbabilities.length; i++) {
        segmentProbabilities[i] = modes.flag() ? modes.number(Byte.SIZE) : 255;
      }
    }
  }

  private LoopFilter readFilter() {
    boolean simple = modes.flag();
    int level = modes.number(6);
    int sharpness = modes.number(3);
    int intraDelta = 0;
    int blockDelta = 0;
    if (modes.flag() && modes.flag()) {
      // Of four frames that a macroblock may refer to, it refers to none, which is the first.
      for (int i = 0; i < 4; i++) {
        int delta = modes.optional(6);
        intraDelta = i == 0 ? delta : intraDelta;
      }
      for (int i = 0; i < 4; i++) {
        int delta = modes.optional(6);
        blockDelta = i == 0 ? delta : blockDelta;
      }
    }
    int[] levels = new int[SEGMENTS];
    for (int i = 0; i < SEGMENTS; i++) {
      levels[i] = segmented ? segmentLevels[i] + (absolute ? 0 : level) : level;
    }
    return level == 0 ? null : new LoopFilter(simple, levels, sharpness, intraDelta, blockDelta);
  }

  /** The sizes of all parts but the last precede them, in three bytes each. */
  private void splitTokens(byte[] data, int sizes) throws IIOException {
    int start = sizes + 3 * (tokens.length - 1);
    if (start > data.length) {
      throw new IIOException("the file ends too early");
    }
    for (int i = 0; i < tokens.length; i++) {
      int end = data.length;
      if (i < tokens.length - 1) {
        int at = sizes + 3 * i;
        int size = data[at] & 0xff | (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff) << 16;
        end = Math.min(end, start + size);
      }
      tokens[i] = new BoolDecoder(data, start, end);
      start = end;
    }
  }

  private void readQuantisers() {
    int base = modes.number(7);
    int[] deltas = new int[5];
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = modes.optional(4);
    }
    for (int i = 0; i < SEGMENTS; i++) {
      int index = segmented ? segmentQuantisers[i] + (absolute ? 0 : base) : base;
      quantisers[i] = Quantisers.of(index, deltas);
    }
  }
}
