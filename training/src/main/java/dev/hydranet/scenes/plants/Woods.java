package dev.hydranet.scenes.plants;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** A wood from afar: crowns, one above the other. */
public final class Woods extends Material {
  private final Colour base;

  public Woods(Dice dice) {
    super(Label.VEGETATION);
    base = Colour.hsv(dice.in(0.2, 0.35), dice.in(0.25, 0.6), dice.in(0.2, 0.4));
  }

  @Override
  public void paint(Surface s) {
    float crowns = Pattern.STONES.at(s.u * 0.012f, s.v * 0.02f, s.footprint * 0.012f);
    float fine = Pattern.GRAIN.at(s.u * 0.03f, s.v * 0.03f, s.footprint * 0.03f);
    s.colour(base, 0.35f + 0.55f * crowns + 0.5f * (fine - 0.4f));
  }
}
