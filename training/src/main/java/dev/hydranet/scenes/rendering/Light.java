package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.materials.Colour;

/** The sun, what the sky and the ground give back, and the haze. */
public final class Light {
  /** Unit vector to the sun. */
  final float sunX;

  final float sunY;
  final float sunZ;

  /** 0 under full clouds, 1 with a clear sun. */
  final float clear;

  final Colour sun;
  final Colour fromSky;
  final Colour fromGround;
  final Colour haze;

  /** Per metre. */
  final float hazeDensity;

  public Light(Dice dice) {
    double elevation = dice.chance(0.75) ? dice.in(0.45, 1.1) : dice.in(0.2, 0.45);
    double azimuth = dice.in(0, 2 * StrictMath.PI);
    sunX = (float) (StrictMath.cos(elevation) * StrictMath.sin(azimuth));
    sunY = (float) StrictMath.sin(elevation);
    sunZ = (float) (StrictMath.cos(elevation) * StrictMath.cos(azimuth));
    double kind = dice.next();
    clear =
        (float) (kind < 0.6 ? dice.in(0.8, 1) : kind < 0.8 ? dice.in(0.25, 0.8) : dice.in(0, 0.12));
    double warmth = dice.in(0.05, 0.2) + 0.35 * Math.max(0, 0.5 - elevation);
    sun =
        new Colour(1.15f, (float) (1.1 - 0.35 * warmth), (float) (1.05 - 1.2 * warmth))
            .times(2.6 * clear);
    double blue = clear * dice.in(0.5, 1);
    double strength = dice.in(0.28, 0.6) + 0.65 * (1 - clear);
    fromSky =
        new Colour((float) (1 - 0.42 * blue), (float) (1 - 0.2 * blue), 1.02f).times(strength);
    fromGround = new Colour(0.95f, 0.9f, 0.8f).times(strength * 0.25 + 0.22 * clear * sunY);
    hazeDensity = (float) (dice.chance(0.12) ? dice.in(0.002, 0.01) : dice.in(0.0001, 0.0016));
    haze = new Colour(0.8f, 0.88f, 1.0f).times(dice.in(0.6, 1.1));
  }
}
