package dev.hydranet.scenes.streets;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;

/** Slabs, setts, small stones or concrete: u along, v across. */
final class Stone extends Material {
  private final Colour base;
  private final Colour joint;
  private final float length;
  private final float width;
  private final float gap;
  private final float variety;
  private final boolean staggered;
  private final boolean plain;
  private final int seed;

  Stone(byte label, Dice dice) {
    super(label);
    boolean tinted = dice.chance(0.22);
    base =
        Colour.hsv(
            tinted ? dice.in(0.0, 0.12) : dice.in(0.06, 0.6),
            tinted ? dice.in(0.08, 0.35) : dice.in(0, 0.05),
            dice.in(0.42, 0.76));
    joint = base.times(dice.in(0.3, 0.75));
    double kind = dice.next();
    length =
        (float)
            (kind < 0.4 ? dice.in(0.3, 0.6) : kind < 0.75 ? dice.in(0.1, 0.25) : dice.in(0.8, 1.5));
    width = (float) (length * (dice.chance(0.5) ? 1 : 0.5));
    gap = (float) Math.max(0.008, length * dice.in(0.02, 0.07));
    variety = (float) dice.in(0.05, 0.4);
    staggered = dice.chance(0.5);
    plain = dice.chance(0.25);
    seed = dice.seed();
  }

  @Override
  public void paint(Surface s) {
    float f = s.footprint;
    float fine = Pattern.GRAIN.at(s.x * 0.7f, s.z * 0.7f, f * 0.7f);
    float clouds = Pattern.CLOUDS.at(s.x * 0.07f, s.z * 0.07f, f * 0.07f);
    float tone = 0.75f + 0.25f * fine + 0.5f * (clouds - 0.5f) + 0.12f;
    s.colour(base, tone);
    if (!plain) {
      int row = Noise.floor(s.v / width);
      float u = s.u + (staggered && (row & 1) == 1 ? length / 2 : 0);
      int column = Noise.floor(u / length);
      float detail = Math.max(0, 1 - f / length);
      s.darken(1 + variety * detail * (Noise.at(column, row, seed) - 0.5f));
      float joints = lines(u, length, gap, f);
      float across = lines(s.v, width, gap, f);
      s.mix(joint, 1, joints + across - joints * across);
    }
  }
}
