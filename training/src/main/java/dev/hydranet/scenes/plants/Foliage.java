package dev.hydranet.scenes.plants;

import java.util.Arrays;

/** Cards of leaves: each a disc with gaps that faces who looks. */
public final class Foliage {
  /** Per card: x, y, z, radius, cosine and sine of its turn, normal x, y, z, brightness. */
  public static final int STRIDE = 10;

  public float[] card = new float[STRIDE * 4096];
  public Leaves[] leaves = new Leaves[4096];
  public int cards;

  public void clear() {
    Arrays.fill(leaves, 0, cards, null);
    cards = 0;
  }

  /**
   * @param angle by which the disc is turned
   * @param nx with ny and nz the normal of leaves that have no crown
   * @param brightness 1 outside a crown, less where other leaves take the light
   */
  public void add(
      double x,
      double y,
      double z,
      double radius,
      double angle,
      double nx,
      double ny,
      double nz,
      double brightness,
      Leaves made) {
    if (cards == leaves.length) {
      leaves = Arrays.copyOf(leaves, 2 * cards);
      card = Arrays.copyOf(card, 2 * card.length);
    }
    int at = STRIDE * cards;
    card[at] = (float) x;
    card[at + 1] = (float) y;
    card[at + 2] = (float) z;
    card[at + 3] = (float) radius;
    card[at + 4] = (float) StrictMath.cos(angle);
    card[at + 5] = (float) StrictMath.sin(angle);
    card[at + 6] = (float) nx;
    card[at + 7] = (float) ny;
    card[at + 8] = (float) nz;
    card[at + 9] = (float) brightness;
    leaves[cards++] = made;
  }
}
