package dev.hydranet.scenes.buildings;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** Tiles, slates or sheet metal: u along the eaves, v up the slope. */
final class RoofTiles extends Material {
  private final Colour base;
  private final float row;
  private final float column;
  private final float variety;
  private final int seed;

  RoofTiles(Dice dice) {
    super(Label.BUILDING);
    double kind = dice.next();
    base =
        kind < 0.55
            ? Colour.hsv(dice.in(0.015, 0.06), dice.in(0.3, 0.6), dice.in(0.3, 0.58))
            : kind < 0.8
                ? Colour.hsv(dice.in(0.5, 0.65), dice.in(0, 0.15), dice.in(0.2, 0.42))
                : Colour.hsv(dice.in(0.03, 0.1), dice.in(0.15, 0.4), dice.in(0.2, 0.45));
    row = (float) dice.in(0.2, 0.36);
    column = (float) dice.in(0.18, 0.3);
    variety = (float) dice.in(0.1, 0.5);
    seed = dice.seed();
  }

  @Override
  public void paint(Surface s) {
    float f = s.footprint;
    float clouds = Pattern.CLOUDS.at(s.u * 0.05f, s.v * 0.05f, f * 0.05f);
    int y = Noise.floor(s.v / row);
    float detail = Math.max(0, 1 - f / row);
    float own = Noise.at(Noise.floor(s.u / column), y, seed) - 0.5f;
    s.colour(base, 1 + 0.6f * (clouds - 0.5f) + variety * detail * own);
    float edges = lines(s.v, row, row * 0.16f, f);
    float gaps = lines(s.u, column, column * 0.12f, f);
    s.darken(1 - 0.55f * edges - 0.3f * gaps);
  }
}
