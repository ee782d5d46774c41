package dev.hydranet.scenes.chance;

/**
 * Hashes and lattice noise: the source of every irregularity that is not thrown by {@link Dice}.
 */
public final class Noise {
  private Noise() {}

  /** A value in [0, 1) for a lattice point. */
  public static float at(int x, int y, int seed) {
    int h = x * 0x27D4EB2D ^ y * 0x165667B1 ^ seed * 0x9E3779B1;
    h = (h ^ (h >>> 15)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    h ^= h >>> 16;
    return (h >>> 8) * 0x1.0p-24f;
  }

  public static int floor(float x) {
    int i = (int) x;
    return x < i ? i - 1 : i;
  }

  /** Smooth noise in [0, 1) with features of size 1. */
  public static float smooth(float x, float y, int seed) {
    int ix = floor(x);
    int iy = floor(y);
    float fx = ease(x - ix);
    float fy = ease(y - iy);
    float top = at(ix, iy, seed) * (1 - fx) + at(ix + 1, iy, seed) * fx;
    float bottom = at(ix, iy + 1, seed) * (1 - fx) + at(ix + 1, iy + 1, seed) * fx;
    return top * (1 - fy) + bottom * fy;
  }

  private static float ease(float t) {
    return t * t * (3 - 2 * t);
  }
}
