package dev.hydranet.images.vp8;

/**
 * What a segment's coefficients are multiplied by (RFC 6386, section 14.1): of luma, of the block
 * of luma's DC coefficients, and of chroma.
 */
record Quantisers(int lumaDc, int lumaAc, int secondDc, int secondAc, int chromaDc, int chromaAc) {
  private static final int LARGEST_INDEX = 127;
  private static final int LARGEST_CHROMA_DC_INDEX = 117;
  private static final int SMALLEST_SECOND_AC = 8;

  /**
   * Those of an index.
   *
   * @param deltas of the index: for luma's DC, the second block's DC and AC, chroma's DC and AC
   */
  static Quantisers of(int index, int[] deltas) {
    return new Quantisers(
        dc(index + deltas[0], LARGEST_INDEX),
        ac(index),
        dc(index + deltas[1], LARGEST_INDEX) * 2,
        Math.max(ac(index + deltas[2]) * 155 / 100, SMALLEST_SECOND_AC),
        dc(index + deltas[3], LARGEST_CHROMA_DC_INDEX),
        ac(index + deltas[4]));
  }

  private static int dc(int index, int largest) {
    return Tables.DC_QUANTISERS[Math.clamp(index, 0, largest)];
  }

  private static int ac(int index) {
    return Tables.AC_QUANTISERS[Math.clamp(index, 0, LARGEST_INDEX)];
  }
}
