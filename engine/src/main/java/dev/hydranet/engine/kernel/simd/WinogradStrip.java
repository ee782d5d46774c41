package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Winograd;
import java.util.Arrays;

/**
 * The inputs of a few neighbouring tiles, six rows, on their way to be transformed: scaled and
 * clamped where there is a scale, zero outside the image, and first transformed along the columns.
 *
 * @param scale null if absent
 */
record WinogradStrip(WinogradTiles tiles, ChannelFilter scale, Clamp clamp) {
  private static final int IN = Winograd.IN;

  /** Floats that stay in cache from one pass to the next. */
  private static final int CACHED_FLOATS = 1 << 14;

  /** The most tiles in a strip. */
  int mostTiles() {
    return Math.max(1, CACHED_FLOATS / (IN * Winograd.OUT * tiles.in().stride()));
  }

  /** How many tiles, from one on and before the end, make a strip. */
  int tiles(int tile, int end) {
    return Math.min(Math.min(mostTiles(), end - tile), tiles.neighbours(tile));
  }

  /** Floats of the longest strip. */
  int floats(int most) {
    return IN * WinogradTiles.pixels(Math.min(most, mostTiles())) * tiles.in().stride();
  }

  /** Multiply-adds of the scale, if there is one. */
  long macs(int tile, int count) {
    int pixels = WinogradTiles.pixels(count);
    long rows = 0;
    for (int y = 0; y < IN; y++) {
      rows += tiles.hasRow(tile, y) ? 1 : 0;
    }
    return rows * (tiles.end(tile, pixels) - tiles.begin(tile, pixels)) * scale.channels();
  }

  /**
   * The transformed inputs of neighbouring tiles.
   *
   * @param tile the first of them
   * @param memory for the strip, from {@code strip} on, and for the result: from {@code to} on a
   *     row for each tile, and planes of such rows
   * @param plane floats from one plane to the next
   */
  void transform(int tile, int count, float[] memory, int strip, int to, int plane) {
    int stride = tiles.in().stride();
    int line = WinogradTiles.pixels(count) * stride;
    if (tiles.hasRow(tile, 0) && tiles.hasRow(tile, IN - 1)) {
      gatherColumns(tile, count, memory, strip);
    } else {
      gather(tile, count, memory, strip);
      int pixels = WinogradTiles.pixels(count);
      WinogradTransforms.input(
          memory, strip, line, stride, pixels, stride, memory, strip, line, stride);
    }
    for (int y = 0; y < IN; y++) {
      WinogradTransforms.input(
          memory,
          strip + y * line,
          stride,
          Winograd.OUT * stride,
          count,
          stride,
          memory,
          to + y * IN * plane,
          plane,
          stride);
    }
  }

  /** The inputs of neighbouring tiles, transformed along the columns; all rows are in the image. */
  private void gatherColumns(int tile, int count, float[] memory, int strip) {
    Nhwc in = tiles.in();
    int stride = in.stride();
    int pixels = WinogradTiles.pixels(count);
    int begin = tiles.begin(tile, pixels);
    int inside = tiles.end(tile, pixels) - begin;
    int a = in.pixel(tiles.input(tile, 0, begin));
    int to = strip + begin * stride;
    int step = in.width() * stride;
    int line = pixels * stride;
    if (scale == null) {
      WinogradTransforms.input(
          in.data(), a, step, stride, inside, stride, memory, to, line, stride);
    } else {
      WinogradTransforms.scaledInput(
          in.data(), a, step, stride, inside, stride, scale, clamp, memory, to, line, stride);
    }
    for (int y = 0; y < IN; y++) {
      clearOutside(tile, count, memory, strip + y * line);
    }
  }

  /** The inputs of neighbouring tiles, as {@code [6][pixels][stride]}. */
  void gather(int tile, int count, float[] memory, int strip) {
    Nhwc in = tiles.in();
    int pixels = WinogradTiles.pixels(count);
    int line = pixels * in.stride();
    int begin = tiles.begin(tile, pixels);
    int inside = tiles.end(tile, pixels) - begin;
    for (int y = 0; y < IN; y++) {
      int first = strip + y * line;
      if (!tiles.hasRow(tile, y)) {
        Arrays.fill(memory, first, first + line, 0);
        continue;
      }
      int pixel = tiles.input(tile, y, begin);
      int to = first + begin * in.stride();
      if (scale == null) {
        System.arraycopy(in.data(), in.pixel(pixel), memory, to, inside * in.stride());
      } else {
        SimdScale.scale(in, pixel, inside, scale, clamp, memory, to, in.stride());
      }
      clearOutside(tile, count, memory, first);
    }
  }

  /** Zeros for the pixels of a row that are not in the image. */
  private void clearOutside(int tile, int count, float[] memory, int line) {
    int stride = tiles.in().stride();
    int pixels = WinogradTiles.pixels(count);
    Arrays.fill(memory, line, line + tiles.begin(tile, pixels) * stride, 0);
    Arrays.fill(memory, line + tiles.end(tile, pixels) * stride, line + pixels * stride, 0);
  }
}
