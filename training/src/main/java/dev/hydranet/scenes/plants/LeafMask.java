package dev.hydranet.scenes.plants;

import dev.hydranet.scenes.chance.Dice;

/**
 * A small disc of leaves seen from the front: which points are leaf, and how bright each leaf is.
 */
public final class LeafMask {
  public static final int SIZE = 128;

  /** Broad leaves. */
  public static final LeafMask BROAD = new LeafMask(260, 0.095, 0.55, 0, 21);

  /** Fine leaves, as of a birch. */
  public static final LeafMask FINE = new LeafMask(620, 0.055, 0.55, 0, 22);

  /** Needles: thin strokes. */
  static final LeafMask NEEDLES = new LeafMask(420, 0.15, 0.14, 0, 23);

  /** Blades that stand up from below. */
  public static final LeafMask BLADES = new LeafMask(90, 0.8, 0.045, 1, 24);

  private final byte[] data = new byte[SIZE * SIZE];

  /**
   * @param length of a leaf, as a share of the disc's radius
   * @param aspect a leaf's width over its length
   * @param upright 1 if all leaves stand, 0 if they lie anyhow
   */
  private LeafMask(int leaves, double length, double aspect, double upright, long seed) {
    Dice dice = new Dice(seed);
    for (int i = 0; i < leaves; i++) {
      double radius = 0.93 * Math.sqrt(dice.next()) - length * 0.4;
      double turn = dice.in(0, 2 * StrictMath.PI);
      double angle = upright > 0 ? dice.in(1.2, 1.94) : dice.in(0, StrictMath.PI);
      double cx = upright > 0 ? dice.in(-0.8, 0.8) : radius * StrictMath.cos(turn);
      double cy = upright > 0 ? 1 - length * dice.in(0.2, 1) : radius * StrictMath.sin(turn);
      leaf(cx, cy, length * dice.in(0.7, 1.25), aspect, angle, (byte) (40 + dice.below(216)));
    }
  }

  private void leaf(
      double cx, double cy, double length, double aspect, double angle, byte brightness) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int reach = (int) (length * SIZE / 2) + 2;
    int middleX = (int) ((cx + 1) * SIZE / 2);
    int middleY = (int) ((cy + 1) * SIZE / 2);
    for (int y = Math.max(0, middleY - reach); y < Math.min(SIZE, middleY + reach); y++) {
      for (int x = Math.max(0, middleX - reach); x < Math.min(SIZE, middleX + reach); x++) {
        double dx = (x + 0.5) / (SIZE / 2) - 1 - cx;
        double dy = (y + 0.5) / (SIZE / 2) - 1 - cy;
        double along = (dx * cos + dy * sin) / length;
        double across = (dy * cos - dx * sin) / (length * aspect);
        if (along * along + across * across < 1) {
          data[y * SIZE + x] = brightness;
        }
      }
    }
  }

  /**
   * 0 in a gap and outside, else the leaf's brightness, 40 to 255; coordinates from 0 to {@link
   * #SIZE}.
   */
  public int at(float u, float v) {
    int x = (int) u;
    int y = (int) v;
    return ((x | y) & ~(SIZE - 1)) != 0 ? 0 : data[y * SIZE + x] & 255;
  }
}
