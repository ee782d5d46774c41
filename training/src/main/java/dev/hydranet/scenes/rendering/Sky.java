package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;

/** The sky's colour in every direction: a gradient, clouds, and the glow about the sun. */
public final class Sky {
  private final Light light;
  private final Colour zenith;
  private final Colour horizon;
  private final Colour cloud;
  private final Colour cloudBase;
  private final float cover;
  private final float sharpness;
  private final float shiftX;
  private final float shiftZ;
  private final float cloudSize;
  private final float glare;

  public Sky(Light light, Dice dice) {
    this.light = light;
    double grey = 1 - light.clear;
    Colour overcast = Colour.grey(dice.in(0.8, 1)).times(dice.in(0.9, 1.5));
    Colour blue =
        Colour.hsv(dice.in(0.56, 0.62), dice.in(0.45, 0.8), dice.in(0.6, 0.95))
            .times(dice.in(0.9, 1.4));
    zenith = blue.mixed(overcast, grey);
    Colour pale = Colour.hsv(dice.in(0.52, 0.6), dice.in(0.05, 0.35), 1).times(dice.in(0.9, 1.5));
    horizon = pale.mixed(overcast.times(1.1), grey);
    cloud = Colour.hsv(0.1, 0.03, 1).times(dice.in(1.1, 1.9));
    cloudBase = Colour.hsv(0.6, 0.06, 0.85).times(dice.in(0.7, 1.2));
    double kind = dice.next();
    cover = (float) (kind < 0.35 ? 0 : dice.in(0.35, 0.62));
    sharpness = (float) dice.in(0.06, 0.25);
    shiftX = (float) dice.next();
    shiftZ = (float) dice.next();
    cloudSize = (float) dice.in(0.04, 0.12);
    glare = (float) dice.in(0.2, 1);
  }

  /**
   * Sets the surface's colour to the sky's in a unit direction; below the horizon it is the
   * ground's glare.
   */
  void paint(float dx, float dy, float dz, Surface s) {
    if (dy < 0) {
      // What gloss mirrors from below the horizon: the street.
      float dim = 0.22f + 0.25f / (1 - 8 * dy);
      s.colour(horizon, dim);
      return;
    }
    float up = (float) Math.sqrt(dy);
    s.colour(horizon, 1);
    s.mix(zenith, 1, Math.min(1, 1.15f * up));
    if (cover > 0) {
      float reach = cloudSize / (dy + 0.12f);
      float density = Pattern.CLOUDS.at(dx * reach + shiftX, dz * reach + shiftZ, 0.001f);
      float thick =
          Material.step(1 - cover - sharpness, 1 - cover + sharpness, density * 1.6f - 0.3f);
      s.mix(thick > 0.7f ? cloudBase.mixed(cloud, 1 - (thick - 0.7f)) : cloud, 1, 0.9f * thick);
    }
    float toSun = Math.max(0, dx * light.sunX + dy * light.sunY + dz * light.sunZ);
    float near = toSun * toSun;
    near *= near;
    near *= near;
    float glow = light.clear * glare * (0.3f * near + 1.5f * near * near * near * near);
    s.red += glow;
    s.green += 0.95f * glow;
    s.blue += 0.85f * glow;
  }
}
