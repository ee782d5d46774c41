package dev.hydranet.scenes.plants;

import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** The dense inside of a hedge. */
final class HedgeBody extends Material {
  private final Leaves leaves;

  HedgeBody(Leaves leaves) {
    super(Label.VEGETATION);
    this.leaves = leaves;
  }

  @Override
  public void paint(Surface s) {
    float light = Pattern.LEAVES.at(s.u * 0.6f, s.v * 0.6f + 0.21f * s.w, s.footprint * 0.6f);
    float clumps = Pattern.CLOUDS.at(s.u * 0.1f, s.v * 0.1f, s.footprint * 0.1f);
    s.v = 0.35f + 0.75f * clumps;
    s.u = light;
    leaves.paint(s);
  }
}
