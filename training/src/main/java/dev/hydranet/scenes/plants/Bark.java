package dev.hydranet.scenes.plants;

import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** Bark: furrows along a trunk; u is around it, v up. */
final class Bark extends Material {
  private final Colour base;

  Bark(Colour base) {
    super(Label.VEGETATION);
    this.base = base;
  }

  @Override
  public void paint(Surface s) {
    float furrows = Pattern.GRAIN.at(s.u * 1.3f, s.v * 0.22f, s.footprint);
    float clouds = Pattern.CLOUDS.at(s.u * 0.2f, s.v * 0.1f, s.footprint * 0.2f);
    s.colour(base, 0.3f + 0.9f * furrows + 0.6f * (clouds - 0.3f));
  }
}
