package dev.hydranet.scenes.town;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** A garden wall: brick, rubble or plaster. */
final class Masonry extends Material {
  private final Colour base;
  private final int kind;

  Masonry(Dice dice) {
    super(Label.IGNORED);
    kind = dice.below(3);
    base =
        kind == 0
            ? Colour.hsv(dice.in(0, 0.08), dice.in(0.3, 0.6), dice.in(0.35, 0.6))
            : Colour.hsv(dice.in(0.03, 0.15), dice.in(0.02, 0.3), dice.in(0.4, 0.8));
  }

  @Override
  public void paint(Surface s) {
    float fine = Pattern.GRAIN.at(s.u * 0.5f, s.v * 0.5f, s.footprint * 0.5f);
    s.colour(base, 0.7f + 0.6f * fine);
    if (kind == 0) {
      int row = Noise.floor(s.v / 0.08f);
      s.darken(
          1
              - 0.4f * lines(s.v, 0.08f, 0.012f, s.footprint)
              - 0.3f * lines(s.u + (row & 1) * 0.12f, 0.24f, 0.012f, s.footprint));
    } else if (kind == 1) {
      s.darken(0.35f + 0.8f * Pattern.STONES.at(s.u * 0.2f, s.v * 0.2f, s.footprint * 0.2f));
    }
  }
}
