package dev.hydranet.images.vp8;

import java.util.Arrays;
import javax.imageio.IIOException;

/** Decodes a key frame of VP8, which is what a lossy WebP holds. */
public final class Vp8 {
  private final Header header;
  private final int columns;
  private final int rows;
  private final Planes planes;
  private final BlockPrediction blockPrediction;
  private final Coefficients coefficients;

  /** The modes of the blocks above, and of those to the left. */
  private final BlockMode[] above;

  private final BlockMode[] left = new BlockMode[4];

  /** Of a macroblock that is predicted by blocks. */
  private final BlockMode[] blocks = new BlockMode[16];

  /** What the loop filter has to know of each macroblock. */
  private final byte[] segments;

  private final boolean[] byBlocks;
  private final boolean[] smoothInside;

  private Vp8(byte[] data) throws IIOException {
    header = new Header(data);
    columns = Math.ceilDiv(header.width, 16);
    rows = Math.ceilDiv(header.height, 16);
    planes = new Planes(columns, rows);
    blockPrediction = new BlockPrediction(planes.luma);
    coefficients = new Coefficients(header.coefficients, columns);
    above = new BlockMode[4 * columns];
    Arrays.fill(above, BlockMode.DC);
    segments = new byte[columns * rows];
    byBlocks = new boolean[columns * rows];
    smoothInside = new boolean[columns * rows];
  }

  /**
   * {@return the width that a frame announces}
   *
   * @param data that begins as a frame does
   * @throws IIOException if it is no key frame
   */
  public static int width(byte[] data) throws IIOException {
    return Header.width(data);
  }

  /**
   * {@return the height that a frame announces}
   *
   * @param data that begins as a frame does
   * @throws IIOException if it is no key frame
   */
  public static int height(byte[] data) throws IIOException {
    return Header.height(data);
  }

  /**
   * {@return a frame's pixels, row by row, red, green and blue}
   *
   * @param data a whole frame, of a size for whose pixels there is room
   * @throws IIOException if it is no key frame, or ends too early
   */
  public static byte[] decode(byte[] data) throws IIOException {
    Vp8 frame = new Vp8(data);
    for (int row = 0; row < frame.rows; row++) {
      frame.decodeRow(row);
    }
    frame.smooth();
    return Rgb.of(frame.planes, frame.header.width, frame.header.height);
  }

  private void decodeRow(int row) throws IIOException {
    BoolDecoder tokens = header.tokens[row % header.tokens.length];
    coefficients.startRow();
    Arrays.fill(left, BlockMode.DC);
    for (int column = 0; column < columns; column++) {
      int index = row * columns + column;
      BoolDecoder in = header.modes;
      int segment = 0;
      if (header.segmentProbabilities != null) {
        int[] p = header.segmentProbabilities;
        segment = in.bit(p[0]) == 0 ? in.bit(p[1]) : 2 + in.bit(p[2]);
      }
      boolean skip = header.skipProbability >= 0 && in.bit(header.skipProbability) != 0;
      BlockMode whole = readModes(in, column);
      BlockMode chroma = chromaMode(in);
      boolean single = whole == null;
      boolean any = false;
      if (skip) {
        coefficients.skip(column, single);
      } else {
        any = coefficients.read(tokens, column, single, header.quantisers[segment]);
      }
      reconstruct(column, row, whole, chroma);
      segments[index] = (byte) segment;
      byBlocks[index] = single;
      smoothInside[index] = single || any;
    }
    header.modes.check();
    tokens.check();
  }

  /** The mode of a macroblock's luma; null if each block has one, which is in {@link #blocks}. */
  private BlockMode readModes(BoolDecoder in, int column) {
    if (in.bit(145) != 0) {
      BlockMode whole;
      if (in.bit(156) != 0) {
        whole = in.bit(128) != 0 ? BlockMode.TRUE_MOTION : BlockMode.HORIZONTAL;
      } else {
        whole = in.bit(163) != 0 ? BlockMode.VERTICAL : BlockMode.DC;
      }
      Arrays.fill(above, 4 * column, 4 * column + 4, whole);
      Arrays.fill(left, whole);
      return whole;
    }
    for (int i = 0; i < 16; i++) {
      int x = 4 * column + i % 4;
      int y = i / 4;
      blocks[i] = BlockMode.read(in, above[x], left[y]);
      above[x] = blocks[i];
      left[y] = blocks[i];
    }
    return null;
  }

  private static BlockMode chromaMode(BoolDecoder in) {
    if (in.bit(142) == 0) {
      return BlockMode.DC;
    }
    if (in.bit(114) == 0) {
      return BlockMode.VERTICAL;
    }
    return in.bit(183) != 0 ? BlockMode.TRUE_MOTION : BlockMode.HORIZONTAL;
  }

  private void reconstruct(int column, int row, BlockMode whole, BlockMode chroma) {
    Plane luma = planes.luma;
    int at = luma.at(16 * column, 16 * row);
    if (whole != null) {
      MacroblockPrediction.predict(luma, at, 16, whole, row > 0, column > 0);
    }
    int aboveRight = whole == null ? aboveRight(at, column, row) : 0;
    for (int i = 0; i < 16; i++) {
      int x = i % 4;
      int y = i / 4;
      int block = at + 4 * x + 4 * y * luma.stride;
      if (whole == null) {
        // To the right of the last column, all rows see what is above the macroblock.
        blockPrediction.predict(blocks[i], block, x == 3 ? aboveRight : block - luma.stride + 4);
      }
      Transforms.addCosine(coefficients.values, 16 * i, luma, block);
    }
    chroma(planes.blue, 16, column, row, chroma);
    chroma(planes.red, 20, column, row, chroma);
  }

  /** Where the four samples are that lie above a macroblock and to the right of it. */
  private int aboveRight(int at, int column, int row) {
    Plane luma = planes.luma;
    int right = at - luma.stride + 16;
    if (row > 0 && column == columns - 1) {
      // There are none: the last sample above stands for them.
      Arrays.fill(luma.samples, right, right + 4, luma.samples[right - 1]);
    }
    return right;
  }

  private void chroma(Plane plane, int first, int column, int row, BlockMode mode) {
    int at = plane.at(8 * column, 8 * row);
    MacroblockPrediction.predict(plane, at, 8, mode, row > 0, column > 0);
    for (int i = 0; i < 4; i++) {
      int block = at + i % 2 * 4 + i / 2 * 4 * plane.stride;
      Transforms.addCosine(coefficients.values, 16 * (first + i), plane, block);
    }
  }

  /** Prediction sees samples that are not smoothed, so that this comes last. */
  private void smooth() {
    if (header.filter == null) {
      return;
    }
    for (int i = 0; i < segments.length; i++) {
      header.filter.smooth(
          planes, i % columns, i / columns, segments[i], byBlocks[i], smoothInside[i]);
    }
  }
}
