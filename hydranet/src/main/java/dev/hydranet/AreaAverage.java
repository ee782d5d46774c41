package dev.hydranet;

import dev.hydranet.drawing.RgbRows;
import java.util.Arrays;

/**
 * Shrinks an image by area averaging, row by row: each pixel of the result is the mean of the
 * rectangle of the image that it covers, and partly covered pixels count in proportion. Sums are
 * exact integers. The mean is rounded to the nearest of 256 levels, halves up, so that the result
 * is an image of 8 bits like the one that was shrunk.
 */
final class AreaAverage implements RgbRows.Sink {
  private static final int COMPONENTS = 3;

  private final ImageSize from;
  private final ImageSize to;
  private final RgbRows.Sink sink;

  // Lengths along a side are in units of which a pixel of the image has as many as the result has
  // pixels, and a pixel of the result as many as the image has: all parts are whole numbers then.
  // No sum is larger than 255 times the image's pixels.

  private final long[] across; // of one row of the image: red, green, blue for each pixel of `to`
  private final long[] sums; // of one row of the result, the same
  private final int[] rgb; // of one row of the result

  /**
   * A sink that shrinks.
   *
   * @param from the size of the image whose rows are taken
   * @param to no larger in either direction
   * @param sink takes the rows of the result
   */
  AreaAverage(ImageSize from, ImageSize to, RgbRows.Sink sink) {
    if (to.height() > from.height() || to.width() > from.width()) {
      throw new IllegalArgumentException("cannot shrink " + from + " to " + to);
    }
    this.from = from;
    this.to = to;
    this.sink = sink;
    this.across = new long[COMPONENTS * to.width()];
    this.sums = new long[COMPONENTS * to.width()];
    this.rgb = new int[to.width()];
  }

  @Override
  public void accept(int y, int[] row) {
    sumAcross(row);
    long top = (long) y * to.height();
    long bottom = top + to.height();
    int target = (int) (top / from.height());
    long end = (target + 1L) * from.height();
    add(Math.min(bottom, end) - top);
    if (bottom >= end) {
      finish(target);
      add(bottom - end);
    }
  }

  private void sumAcross(int[] row) {
    Arrays.fill(across, 0);
    int target = 0;
    long end = from.width();
    for (int x = 0; x < from.width(); x++) {
      long left = (long) x * to.width();
      long right = left + to.width();
      addAcross(target, row[x], Math.min(right, end) - left);
      if (right >= end) {
        target++;
        if (right > end) {
          addAcross(target, row[x], right - end);
        }
        end += from.width();
      }
    }
  }

  private void addAcross(int target, int pixel, long part) {
    int at = COMPONENTS * target;
    across[at] += part * (pixel >> 16 & 0xff);
    across[at + 1] += part * (pixel >> 8 & 0xff);
    across[at + 2] += part * (pixel & 0xff);
  }

  private void add(long part) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += part * across[i];
    }
  }

  private void finish(int target) {
    for (int x = 0; x < to.width(); x++) {
      int at = COMPONENTS * x;
      rgb[x] = mean(sums[at]) << 16 | mean(sums[at + 1]) << 8 | mean(sums[at + 2]);
    }
    Arrays.fill(sums, 0);
    sink.accept(target, rgb);
  }

  private int mean(long sum) {
    long pixels = (long) from.height() * from.width();
    return (int) ((sum + pixels / 2) / pixels);
  }
}
