package dev.hydranet.images.vp8;

/** How a block of 4x4 samples is predicted (RFC 6386, section 11.2), in the order of the tables. */
enum BlockMode {
  DC,
  TRUE_MOTION,
  VERTICAL,
  HORIZONTAL,
  LEFT_DOWN,
  RIGHT_DOWN,
  VERTICAL_RIGHT,
  VERTICAL_LEFT,
  HORIZONTAL_DOWN,
  HORIZONTAL_UP;

  private static final BlockMode[] MODES = values();

  /** Reads the mode of a block between two others. */
  static BlockMode read(BoolDecoder in, BlockMode above, BlockMode left) {
    int[] table = Tables.BLOCK_MODES;
    int p = (above.ordinal() * MODES.length + left.ordinal()) * (MODES.length - 1);
    if (in.bit(table[p]) == 0) {
      return DC;
    }
    if (in.bit(table[p + 1]) == 0) {
      return TRUE_MOTION;
    }
    if (in.bit(table[p + 2]) == 0) {
      return VERTICAL;
    }
    if (in.bit(table[p + 3]) == 0) {
      if (in.bit(table[p + 4]) == 0) {
        return HORIZONTAL;
      }
      return in.bit(table[p + 5]) == 0 ? RIGHT_DOWN : VERTICAL_RIGHT;
    }
    if (in.bit(table[p + 6]) == 0) {
      return LEFT_DOWN;
    }
    if (in.bit(table[p + 7]) == 0) {
      return VERTICAL_LEFT;
    }
    return in.bit(table[p + 8]) == 0 ? HORIZONTAL_DOWN : HORIZONTAL_UP;
  }
}
