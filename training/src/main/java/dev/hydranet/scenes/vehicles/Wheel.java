package dev.hydranet.scenes.vehicles;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** A tyre and its rim: u and v from the hub, metres. */
final class Wheel extends Material {
  private static final Colour RUBBER = Colour.grey(0.13);

  private final float radius;
  private final Colour metal;
  private final int spokes;

  Wheel(double radius, Dice dice) {
    super(Label.CAR);
    this.radius = (float) radius;
    metal = Colour.grey(dice.chance(0.15) ? 0.2 : dice.in(0.5, 0.8));
    spokes = 5 + dice.below(5);
  }

  @Override
  public void paint(Surface s) {
    float distance = (float) Math.sqrt(s.u * s.u + s.v * s.v) / radius;
    s.colour(RUBBER, 1);
    if (distance < 0.68f) {
      s.colour(metal, 1);
      s.mirror = 0.03f;
      if (distance > 0.2f && distance < 0.6f) {
        // The angle as a share of a turn, by the diamond instead of the circle: even enough for
        // spokes.
        float turn = s.v / (Math.abs(s.u) + Math.abs(s.v) + 1e-6f);
        turn = s.u < 0 ? 2 - turn : turn;
        float phase = turn * spokes / 4;
        phase -= Noise.floor(phase);
        if (phase > 0.5f) {
          s.darken(0.15f);
        }
      }
    }
  }
}
