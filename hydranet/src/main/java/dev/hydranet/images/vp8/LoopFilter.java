package dev.hydranet.images.vp8;

/** Smooths the edges of macroblocks and blocks (RFC 6386, section 15). */
final class LoopFilter {
  private static final int STRONGEST = 63;

  private final boolean simple;

  /** By segment: of macroblocks predicted as a whole, and of those predicted by blocks. */
  private final Strength[][] strengths = new Strength[Header.SEGMENTS][2];

  /**
   * How much an edge is smoothed.
   *
   * @param edge of two samples that are smoothed, the largest difference
   * @param interior the largest difference between neighbours further away
   * @param variance above it, only the two samples at the edge change
   */
  private record Strength(int edge, int interior, int variance) {}

  /**
   * A frame's filter.
   *
   * @param levels by segment
   * @param intraDelta added to the level of every macroblock of a key frame
   * @param blockDelta added to that of one predicted by blocks
   */
  LoopFilter(boolean simple, int[] levels, int sharpness, int intraDelta, int blockDelta) {
    this.simple = simple;
    for (int segment = 0; segment < levels.length; segment++) {
      for (int byBlocks = 0; byBlocks < 2; byBlocks++) {
        int level = levels[segment] + intraDelta + byBlocks * blockDelta;
        strengths[segment][byBlocks] = strength(Math.clamp(level, 0, STRONGEST), sharpness);
      }
    }
  }

  /** None for level 0. */
  private static Strength strength(int level, int sharpness) {
    if (level == 0) {
      return null;
    }
    int interior = level;
    if (sharpness > 0) {
      interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
    }
    interior = Math.max(interior, 1);
    return new Strength(2 * level + interior, interior, level >= 40 ? 2 : level >= 15 ? 1 : 0);
  }

  /**
   * Smooths a macroblock's left and upper edges, and those between its blocks.
   *
   * @param column of the macroblock
   * @param row of it
   * @param blocks whether there is anything to smooth between its blocks
   */
  void smooth(Planes planes, int column, int row, int segment, boolean byBlocks, boolean blocks) {
    Strength strength = strengths[segment][byBlocks ? 1 : 0];
    if (strength == null) {
      return;
    }
    smooth(planes.luma, strength, column, row, 16, blocks);
    if (!simple) {
      smooth(planes.blue, strength, column, row, 8, blocks);
      smooth(planes.red, strength, column, row, 8, blocks);
    }
  }

  private void smooth(
      Plane plane, Strength strength, int column, int row, int size, boolean blocks) {
    int at = plane.at(column * size, row * size);
    int below = plane.stride;
    if (column > 0) {
      edge(plane, at, 1, below, size, strength, true);
    }
    for (int x = 4; blocks && x < size; x += 4) {
      edge(plane, at + x, 1, below, size, strength, false);
    }
    if (row > 0) {
      edge(plane, at, below, 1, size, strength, true);
    }
    for (int y = 4; blocks && y < size; y += 4) {
      edge(plane, at + y * below, below, 1, size, strength, false);
    }
  }

  /**
   * Smooths an edge.
   *
   * @param at the first sample after it
   * @param across from a sample to the next one away from the edge
   * @param along from a sample to the next one at the edge
   * @param outer whether it is a macroblock's
   */
  private void edge(
      Plane plane, int at, int across, int along, int size, Strength strength, boolean outer) {
    int most = 2 * (strength.edge + (outer ? 4 : 0)) + 1;
    for (int i = 0; i < size; i++, at += along) {
      int p1 = plane.get(at - 2 * across);
      int p0 = plane.get(at - across);
      int q0 = plane.get(at);
      int q1 = plane.get(at + across);
      if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most) {
        continue;
      }
      if (simple) {
        two(plane, at, across, p1, p0, q0, q1);
        continue;
      }
      if (!isCalm(plane, at, across, strength.interior, p1, p0, q0, q1)) {
        continue;
      }
      if (Math.abs(p1 - p0) > strength.variance || Math.abs(q1 - q0) > strength.variance) {
        two(plane, at, across, p1, p0, q0, q1);
      } else if (outer) {
        six(plane, at, across, p1, p0, q0, q1);
      } else {
        four(plane, at, across, p1, p0, q0, q1);
      }
    }
  }

  private static boolean isCalm(
      Plane plane, int at, int across, int most, int p1, int p0, int q0, int q1) {
    int p3 = plane.get(at - 4 * across);
    int p2 = plane.get(at - 3 * across);
    int q2 = plane.get(at + 2 * across);
    int q3 = plane.get(at + 3 * across);
    return Math.abs(p3 - p2) <= most
        && Math.abs(p2 - p1) <= most
        && Math.abs(p1 - p0) <= most
        && Math.abs(q3 - q2) <= most
        && Math.abs(q2 - q1) <= most
        && Math.abs(q1 - q0) <= most;
  }

  private static void two(Plane plane, int at, int across, int p1, int p0, int q0, int q1) {
    int a = 3 * (q0 - p0) + signedByte(p1 - q1);
    plane.set(at - across, p0 + small(a + 3));
    plane.set(at, q0 - small(a + 4));
  }

  private static void four(Plane plane, int at, int across, int p1, int p0, int q0, int q1) {
    int a = 3 * (q0 - p0);
    int first = small(a + 4);
    int outer = first + 1 >> 1;
    plane.set(at - 2 * across, p1 + outer);
    plane.set(at - across, p0 + small(a + 3));
    plane.set(at, q0 - first);
    plane.set(at + across, q1 - outer);
  }

  private static void six(Plane plane, int at, int across, int p1, int p0, int q0, int q1) {
    int a = signedByte(3 * (q0 - p0) + signedByte(p1 - q1));
    int nearest = 27 * a + 63 >> 7;
    int next = 18 * a + 63 >> 7;
    int furthest = 9 * a + 63 >> 7;
    plane.set(at - 3 * across, plane.get(at - 3 * across) + furthest);
    plane.set(at - 2 * across, p1 + next);
    plane.set(at - across, p0 + nearest);
    plane.set(at, q0 - nearest);
    plane.set(at + across, q1 - next);
    plane.set(at + 2 * across, plane.get(at + 2 * across) - furthest);
  }

  private static int signedByte(int value) {
    return Math.clamp(value, -128, 127);
  }

  private static int small(int value) {
    return Math.clamp(value >> 3, -16, 15);
  }
}
