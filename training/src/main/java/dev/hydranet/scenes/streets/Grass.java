package dev.hydranet.scenes.streets;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** Grass, mown or not, and fields. */
final class Grass extends Material {
  private final Colour fresh;
  private final Colour dry;
  private final float dryness;

  Grass(Dice dice) {
    super(Label.VEGETATION);
    fresh = Colour.hsv(dice.in(0.16, 0.27), dice.in(0.25, 0.52), dice.in(0.28, 0.5));
    dry = Colour.hsv(dice.in(0.1, 0.17), dice.in(0.2, 0.42), dice.in(0.4, 0.6));
    dryness = (float) dice.in(-0.3, 0.5);
  }

  @Override
  public void paint(Surface s) {
    float f = s.footprint;
    float blades = Pattern.LEAVES.at(s.x * 1.3f, s.z * 0.9f, f * 1.1f);
    float fine = 0.5f * blades + 0.7f * Pattern.GRAIN.at(s.x * 0.4f, s.z * 0.4f, f * 0.4f);
    float clumps = Pattern.CLOUDS.at(s.x * 0.11f, s.z * 0.11f, f * 0.11f);
    float wide = Pattern.CLOUDS.at(s.x * 0.02f + 0.3f, s.z * 0.02f, f * 0.02f);
    s.colour(fresh, 0.2f + 1.4f * fine + 0.9f * (clumps - 0.5f));
    s.mix(dry, 0.5f + fine, step(0.3f, 0.8f, wide * 0.7f + clumps * 0.5f + dryness - 0.1f));
    s.translucent = 0.1f;
  }
}
