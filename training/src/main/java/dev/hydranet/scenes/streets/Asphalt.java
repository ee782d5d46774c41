package dev.hydranet.scenes.streets;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/** A road's surface with its markings: u along the road, v across it. */
final class Asphalt extends Material {
  private final Colour base;
  private final float coarse;
  private final float patchy;
  private final float worn;
  private final boolean centreLine;
  private final boolean edgeLines;
  private final float dash;
  private final float gap;
  private final float paint;
  private final float left;
  private final float right;
  private final float lane;
  private final int lanes;
  private final Colour lineColour;
  private final Street street;
  private final float shift;
  private final boolean seamed;

  Asphalt(Street street, Dice dice) {
    super(Label.ROAD);
    this.street = street;
    base = Colour.hsv(dice.in(0.05, 0.65), dice.in(0, 0.09), dice.in(0.3, 0.56));
    coarse = (float) dice.in(0.1, 0.5);
    patchy = (float) dice.in(0.05, 0.5);
    worn = (float) dice.in(0, 0.6);
    boolean wide = street.kind != Street.Kind.OLD_TOWN && street.kind != Street.Kind.SUBURB;
    centreLine = !street.oneWay && dice.chance(wide ? 0.85 : 0.25);
    edgeLines = dice.chance(wide ? 0.4 : 0.15);
    dash = (float) dice.in(2, 5);
    gap = (float) (dice.chance(0.2) ? 0 : dice.in(2, 8));
    paint = (float) dice.in(0.1, 0.16);
    left = (float) -(street.left.kerb() - street.left.parking());
    right = (float) (street.right.kerb() - street.right.parking());
    lane = (float) street.laneWidth;
    lanes = street.lanes;
    lineColour = dice.chance(0.07) ? Colour.hsv(0.12, 0.8, 0.85) : Colour.grey(dice.in(0.72, 0.95));
    shift = (float) dice.next();
    seamed = dice.chance(0.5);
  }

  @Override
  public void paint(Surface s) {
    float f = s.footprint;
    float fine = Pattern.GRAIN.at(s.x * 0.5f, s.z * 0.5f, f * 0.5f);
    float clouds = Pattern.CLOUDS.at(s.u * 0.05f + shift, s.v * 0.12f, f * 0.05f);
    // Wheels polish two tracks in each lane.
    float inLane = s.v / lane - Noise.floor(s.v / lane);
    float track = Math.max(0, 1 - 5 * Math.abs(Math.abs(inLane - 0.5f) - 0.27f));
    float tone =
        1 + coarse * (fine - 0.5f) * 1.4f + patchy * (clouds - 0.5f) * 1.6f + 0.08f * track;
    // Patches where somebody dug, each with its own tone.
    int row = Noise.floor(s.u / 7);
    int column = Noise.floor(s.v / 1.7f);
    float dug = Noise.at(row, column, 77 + (int) (shift * 1000));
    if (dug < 0.12f) {
      tone *= 0.7f + 4 * dug;
    }
    s.colour(base, Math.max(0.2f, tone));
    seams(s);
    float white = markings(s.u, s.v, f);
    if (white > 0) {
      float kept = 1 - worn * step(0.35f, 0.75f, 0.6f * clouds + 0.5f * fine);
      s.mix(lineColour, 0.85f + 0.3f * fine, white * kept);
    }
  }

  /** Tar in the seams, and covers over shafts. */
  private void seams(Surface s) {
    float f = s.footprint;
    float wander = 0.12f * Pattern.CLOUDS.at(s.u * 0.11f, shift, 0);
    float tar =
        seamed ? band(s.v, wander, wander + 0.05f, f) + lines(s.u + 3 * wander, 23, 0.04f, f) : 0;
    s.darken(1 - 0.5f * Math.min(1, tar));
    int cell = Noise.floor(s.u / 14);
    float v = (Noise.at(cell, 5, (int) (shift * 1000)) - 0.5f) * (right - left);
    float du = s.u - (cell + 0.5f) * 14;
    float dv = s.v - v;
    float distance = (float) Math.sqrt(du * du + dv * dv);
    if (distance < 0.36f && Noise.at(cell, 6, (int) (shift * 1000)) < 0.35f) {
      s.darken(distance > 0.31f ? 0.35f : 0.7f);
      if (distance < 0.31f) {
        s.darken(1 - 0.4f * lines(du, 0.09f, 0.03f, f));
      }
    }
  }

  private float markings(float u, float v, float f) {
    for (Street.Junction j : street.junctions) {
      if (Math.abs(u - j.s()) < j.half() + 1) {
        return 0;
      }
    }
    float white = 0;
    float dashes = gap == 0 ? 1 : lines(u, dash + gap, dash, f);
    if (centreLine) {
      white = band(v, -paint / 2, paint / 2, f) * dashes;
    }
    if (lanes == 2) {
      white +=
          (band(v, lane - paint / 2, lane + paint / 2, f)
                  + band(v, -lane - paint / 2, -lane + paint / 2, f))
              * dashes;
    }
    if (edgeLines) {
      white +=
          band(v, right - 0.3f, right - 0.3f + paint, f)
              + band(v, left + 0.3f - paint, left + 0.3f, f);
    }
    return white;
  }
}
