package dev.hydranet.scenes.materials;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import java.util.Arrays;

/**
 * A tiling picture of one channel with its mip pyramid: noise of many octaves for the price of one
 * look-up.
 */
public final class Pattern {
  private static final int SIZE = 256;
  private static final int LEVELS = 9;

  /** Clouds of noise, mean about 0.5: 1/f over eight octaves. */
  public static final Pattern CLOUDS = fractal(8, 0.5f, 11);

  /** Rough noise, mean about 0.5: the finest octaves are strong. */
  public static final Pattern GRAIN = fractal(64, 0.85f, 12);

  /** Cells as of rubble or of flat stones, each with its own level; 0 in the joints. */
  public static final Pattern STONES = stones();

  /** Leaves one over another, each with its own level; dark between them. */
  public static final Pattern LEAVES = leaves();

  private final float[][] levels = new float[LEVELS][];

  private Pattern(float[] finest) {
    levels[0] = finest;
    for (int level = 1; level < LEVELS; level++) {
      int size = SIZE >> level;
      float[] above = levels[level - 1];
      float[] here = new float[size * size];
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int at = 4 * size * y + 2 * x;
          here[size * y + x] =
              (above[at] + above[at + 1] + above[at + 2 * size] + above[at + 2 * size + 1]) / 4;
        }
      }
      levels[level] = here;
    }
  }

  /** The mean over a square of side {@code footprint} at (x, y); the pattern repeats after 1. */
  public float at(float x, float y, float footprint) {
    int level = 0;
    for (float f = footprint * SIZE; f > 1.4f && level < LEVELS - 1; f *= 0.5f) {
      level++;
    }
    int size = SIZE >> level;
    float sx = x * size - 0.5f;
    float sy = y * size - 0.5f;
    int ix = Noise.floor(sx);
    int iy = Noise.floor(sy);
    float fx = sx - ix;
    float fy = sy - iy;
    int mask = size - 1;
    int x0 = ix & mask;
    int x1 = (ix + 1) & mask;
    int y0 = (iy & mask) * size;
    int y1 = ((iy + 1) & mask) * size;
    float[] data = levels[level];
    float top = data[y0 + x0] + fx * (data[y0 + x1] - data[y0 + x0]);
    float bottom = data[y1 + x0] + fx * (data[y1 + x1] - data[y1 + x0]);
    return top + fy * (bottom - top);
  }

  private static Pattern fractal(int coarsest, float gain, int seed) {
    float[] data = new float[SIZE * SIZE];
    float amplitude = 1;
    float total = 0;
    for (int period = coarsest; period <= SIZE; period *= 2) {
      float scale = (float) period / SIZE;
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          data[y * SIZE + x] += amplitude * tiled(x * scale, y * scale, period, seed + period);
        }
      }
      total += amplitude;
      amplitude *= gain;
    }
    for (int i = 0; i < data.length; i++) {
      data[i] /= total;
    }
    return new Pattern(data);
  }

  private static float tiled(float x, float y, int period, int seed) {
    int ix = (int) x;
    int iy = (int) y;
    float fx = x - ix;
    float fy = y - iy;
    fx = fx * fx * (3 - 2 * fx);
    fy = fy * fy * (3 - 2 * fy);
    int jx = (ix + 1) % period;
    int jy = (iy + 1) % period;
    float top = Noise.at(ix, iy, seed) * (1 - fx) + Noise.at(jx, iy, seed) * fx;
    float bottom = Noise.at(ix, jy, seed) * (1 - fx) + Noise.at(jx, jy, seed) * fx;
    return top * (1 - fy) + bottom * fy;
  }

  private static Pattern stones() {
    int cells = 16;
    int seed = 13;
    float[] data = new float[SIZE * SIZE];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        float px = (x + 0.5f) * cells / SIZE;
        float py = (y + 0.5f) * cells / SIZE;
        float first = 9;
        float second = 9;
        float level = 0;
        for (int cy = (int) py - 1; cy <= (int) py + 1; cy++) {
          for (int cx = (int) px - 1; cx <= (int) px + 1; cx++) {
            int tx = (cx + cells) % cells;
            int ty = (cy + cells) % cells;
            float dx = cx + Noise.at(tx, ty, seed) - px;
            float dy = cy + Noise.at(tx, ty, seed + 1) - py;
            float distance = (float) Math.sqrt(dx * dx + dy * dy);
            if (distance < first) {
              second = first;
              first = distance;
              level = Noise.at(tx, ty, seed + 2);
            } else if (distance < second) {
              second = distance;
            }
          }
        }
        data[y * SIZE + x] = second - first < 0.12f ? 0 : 0.5f + 0.5f * level;
      }
    }
    return new Pattern(data);
  }

  private static Pattern leaves() {
    Dice dice = new Dice(14);
    float[] data = new float[SIZE * SIZE];
    Arrays.fill(data, 0.1f);
    for (int i = 0; i < 2600; i++) {
      int cx = dice.below(SIZE);
      int cy = dice.below(SIZE);
      double length = dice.in(4.5, 8);
      double angle = dice.in(0, StrictMath.PI);
      double cos = StrictMath.cos(angle) / length;
      double sin = StrictMath.sin(angle) / length;
      // Those drawn last lie on top, and in the light.
      float level = (float) (0.15 + 0.85 * dice.next() * (0.4 + 0.6 * i / 2600));
      for (int y = -8; y <= 8; y++) {
        for (int x = -8; x <= 8; x++) {
          double along = x * cos + y * sin;
          double across = 2 * (y * cos - x * sin);
          if (along * along + across * across < 1) {
            data[((cy + y) & (SIZE - 1)) * SIZE + ((cx + x) & (SIZE - 1))] = level;
          }
        }
      }
    }
    return new Pattern(data);
  }
}
