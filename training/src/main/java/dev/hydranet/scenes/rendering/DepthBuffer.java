package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.plants.LeafMask;
import java.util.Arrays;

/**
 * What is nearest at every point of a grid: the rasteriser of the camera's view, of the shadow maps
 * and of the map of heights. A larger depth is nearer; it is linear over the grid (1/z for the
 * camera).
 */
public final class DepthBuffer {
  static final int NOTHING = -1;

  public final int width;
  public final int height;
  final float[] depth;

  /** A triangle's index, or -2 - the index of a card of leaves, or {@link #NOTHING}. */
  final int[] id;

  public DepthBuffer(int width, int height) {
    this.width = width;
    this.height = height;
    depth = new float[width * height];
    id = new int[width * height];
  }

  void clear(float farthest) {
    Arrays.fill(depth, farthest);
    Arrays.fill(id, NOTHING);
  }

  /**
   * Fills the grid points within a triangle, those on its left and upper edges too, so that
   * triangles that share an edge leave no gap.
   */
  void triangle(
      double x0,
      double y0,
      double d0,
      double x1,
      double y1,
      double d1,
      double x2,
      double y2,
      double d2,
      int what) {
    if (y1 < y0 || (y1 == y0 && x1 < x0)) {
      triangle(x1, y1, d1, x0, y0, d0, x2, y2, d2, what);
      return;
    }
    if (y2 < y1 || (y2 == y1 && x2 < x1)) {
      triangle(x0, y0, d0, x2, y2, d2, x1, y1, d1, what);
      return;
    }
    int top = Math.max(0, ceil(y0));
    int bottom = Math.min(height, ceil(y2));
    if (top >= bottom
        || Math.max(x0, Math.max(x1, x2)) < 0
        || Math.min(x0, Math.min(x1, x2)) >= width) {
      return;
    }
    double area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
    if (Math.abs(area) < 1e-9) {
      return;
    }
    double byX = ((d1 - d0) * (y2 - y0) - (d2 - d0) * (y1 - y0)) / area;
    double byY = ((d2 - d0) * (x1 - x0) - (d1 - d0) * (x2 - x0)) / area;
    double longSlope = (x2 - x0) / (y2 - y0);
    double upperSlope = y1 > y0 ? (x1 - x0) / (y1 - y0) : 0;
    double lowerSlope = y2 > y1 ? (x2 - x1) / (y2 - y1) : 0;
    float step = (float) byX;
    for (int y = top; y < bottom; y++) {
      double xLong = x0 + (y - y0) * longSlope;
      double xShort = y < y1 ? x0 + (y - y0) * upperSlope : x1 + (y - y1) * lowerSlope;
      int left = Math.max(0, ceil(Math.min(xLong, xShort)));
      int right = Math.min(width, ceil(Math.max(xLong, xShort)));
      if (left < right) {
        span(
            y * width + left,
            y * width + right,
            (float) (d0 + (left - x0) * byX + (y - y0) * byY),
            step,
            what);
      }
    }
  }

  private void span(int from, int to, float d, float step, int what) {
    for (int at = from; at < to; at++) {
      if (d > depth[at]) {
        depth[at] = d;
        id[at] = what;
      }
      d += step;
    }
  }

  /**
   * A disc of leaves with gaps, facing the grid: centre, radius in grid points, turned by an
   * angle's cosine and sine.
   */
  void card(
      float x, float y, float d, float radius, float cos, float sin, LeafMask mask, int what) {
    int top = Math.max(0, ceil(y - radius));
    int bottom = Math.min(height, ceil(y + radius));
    int left = Math.max(0, ceil(x - radius));
    int right = Math.min(width, ceil(x + radius));
    if (radius < 0.7f) {
      // Smaller than the grid's spacing: one point at most, as if it had no gaps.
      if (top < bottom && left < right) {
        span(top * width + left, top * width + left + 1, d, 0, what);
      }
      return;
    }
    float scale = LeafMask.SIZE / 2 / radius;
    float byX = cos * scale;
    float byY = sin * scale;
    for (int row = top; row < bottom; row++) {
      float u = LeafMask.SIZE / 2 + (left - x) * byX + (row - y) * byY;
      float v = LeafMask.SIZE / 2 - (left - x) * byY + (row - y) * byX;
      int at = row * width + left;
      for (int column = left; column < right; column++, at++, u += byX, v -= byY) {
        if (d > depth[at] && mask.at(u, v) != 0) {
          depth[at] = d;
          id[at] = what;
        }
      }
    }
  }

  private static int ceil(double x) {
    int i = (int) x;
    return x > i ? i + 1 : i;
  }
}
