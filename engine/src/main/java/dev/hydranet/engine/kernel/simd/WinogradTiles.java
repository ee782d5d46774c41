package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Winograd;

/**
 * The tiles that cover the outputs of a convolution 3x3, counted through all images, row by row.
 * Those at the right and the lower edge may reach beyond the image, and all of those at the edges
 * see padding.
 *
 * @param across tiles in a row
 * @param down rows of tiles in an image
 */
record WinogradTiles(Conv2d conv, Nhwc in, Nhwc out, int across, int down) {
  static WinogradTiles of(Conv2d conv, Nhwc in, Nhwc out) {
    return new WinogradTiles(
        conv,
        in,
        out,
        Math.ceilDiv(out.width(), Winograd.OUT),
        Math.ceilDiv(out.height(), Winograd.OUT));
  }

  int count() {
    return out.batch() * down * across;
  }

  /** How many tiles from this one to the end of its row. */
  int neighbours(int tile) {
    return across - tile % across;
  }

  /** Inputs in a row that neighbouring tiles see. */
  static int pixels(int tiles) {
    return tiles * Winograd.OUT + Winograd.IN - Winograd.OUT;
  }

  /** The first row of the image that a tile sees; before the image, it is negative. */
  int top(int tile) {
    return tile / across % down * Winograd.OUT - conv.padding().height();
  }

  /** The first column of the image that a tile sees; before the image, it is negative. */
  int left(int tile) {
    return tile % across * Winograd.OUT - conv.padding().width();
  }

  /** The first of the pixels in a row, as neighbouring tiles see them, that is in the image. */
  int begin(int tile, int pixels) {
    return Math.clamp(-left(tile), 0, pixels);
  }

  /** The pixel after the last of them that is in the image. */
  int end(int tile, int pixels) {
    return Math.clamp(in.width() - left(tile), begin(tile, pixels), pixels);
  }

  /** Whether the image has a row, counted from the first that a tile sees. */
  boolean hasRow(int tile, int row) {
    return top(tile) + row >= 0 && top(tile) + row < in.height();
  }

  /** The input pixel at a place that a tile sees, counted through all images. */
  int input(int tile, int row, int column) {
    int image = tile / (down * across) * in.height();
    return (image + top(tile) + row) * in.width() + left(tile) + column;
  }

  /** The output pixel that is the first of a row of a tile, counted through all images. */
  int output(int tile, int row) {
    int image = tile / (down * across) * out.height();
    int y = tile / across % down * Winograd.OUT;
    return (image + y + row) * out.width() + tile % across * Winograd.OUT;
  }

  /** Rows of a tile's outputs that are in the image. */
  int rows(int tile) {
    return Math.min(Winograd.OUT, out.height() - tile / across % down * Winograd.OUT);
  }

  /** Columns of a tile's outputs that are in the image. */
  int columns(int tile) {
    return Math.min(Winograd.OUT, out.width() - tile % across * Winograd.OUT);
  }
}
