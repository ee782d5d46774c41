package dev.hydranet.scenes.buildings;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Pattern;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/**
 * A wall with windows: u along it from its left end, v up from the ground, metres; w tells which
 * wall (0 front, 1 and 3 sides, 2 back).
 */
final class Facade extends Material {
  enum Wall {
    PLASTER,
    BRICK,
    CONCRETE,
    STONE
  }

  private static final Colour CURTAIN = Colour.hsv(0.12, 0.08, 0.8);
  private static final Colour DARK = Colour.hsv(0.58, 0.2, 0.13);

  private final Wall wall;
  private final Colour base;
  private final Colour joint;
  private final Colour frame;
  private final Colour surround;
  private final Colour shutter;
  private final Colour socle;
  private final Colour door;
  private final double width;
  private final double depth;
  private final float ground;
  private final float storey;
  private final int storeys;
  private final float windowWidth;
  private final float windowHeight;
  private final float sill;
  private final float frameWidth;
  private final float surroundWidth;
  private final float socleHeight;
  private final float bandHeight;
  private final float frontPitch;
  private final float sidePitch;
  private final int frontWindows;
  private final int sideWindows;
  private final boolean shutters;
  private final boolean mullion;
  private final boolean transom;
  private final boolean shop;
  private final boolean garage;
  private final boolean quoins;
  private final float stain;
  private final float blinds;
  private final int seed;

  Facade(BuildingPlan plan, Dice dice) {
    super(Label.BUILDING);
    width = plan.width();
    depth = plan.depth();
    ground = (float) plan.ground();
    storey = (float) plan.storey();
    storeys = plan.storeys();
    double kind = dice.next();
    wall =
        kind < 0.62
            ? Wall.PLASTER
            : kind < 0.8 ? Wall.BRICK : kind < 0.9 ? Wall.STONE : Wall.CONCRETE;
    base =
        switch (wall) {
          case PLASTER ->
              dice.chance(0.3)
                  ? Colour.hsv(0.1, dice.in(0, 0.08), dice.in(0.78, 0.96))
                  : dice.chance(0.8)
                      ? Colour.hsv(dice.in(0.05, 0.14), dice.in(0.08, 0.42), dice.in(0.6, 0.95))
                      : Colour.hsv(dice.in(0.2, 1), dice.in(0.03, 0.2), dice.in(0.5, 0.9));
          case BRICK -> Colour.hsv(dice.in(0.0, 0.09), dice.in(0.3, 0.65), dice.in(0.35, 0.68));
          case STONE -> Colour.hsv(dice.in(0.03, 0.13), dice.in(0.1, 0.35), dice.in(0.5, 0.78));
          case CONCRETE -> Colour.hsv(dice.in(0.05, 0.6), dice.in(0, 0.07), dice.in(0.45, 0.75));
        };
    joint =
        wall == Wall.BRICK && dice.chance(0.7) ? Colour.grey(dice.in(0.55, 0.75)) : base.times(0.5);
    frame =
        dice.chance(0.75)
            ? Colour.grey(dice.in(0.8, 0.95))
            : Colour.hsv(dice.in(0.03, 0.5), dice.in(0.1, 0.6), dice.in(0.15, 0.4));
    surround =
        dice.chance(0.6)
            ? Colour.hsv(0.1, dice.in(0, 0.12), dice.in(0.7, 0.93))
            : base.times(dice.in(0.55, 0.85));
    shutter =
        Colour.hsv(
            dice.chance(0.5) ? dice.in(0.25, 0.6) : dice.in(0.02, 0.1),
            dice.in(0, 0.6),
            dice.in(0.2, 0.85));
    socle =
        dice.chance(0.5)
            ? Colour.hsv(dice.in(0, 0.1), dice.in(0.1, 0.35), dice.in(0.3, 0.55))
            : Colour.grey(dice.in(0.3, 0.65));
    door = Colour.hsv(dice.next(), dice.in(0.2, 0.7), dice.in(0.15, 0.6));
    boolean modern = wall == Wall.CONCRETE || dice.chance(0.25);
    windowWidth = (float) (modern ? dice.in(1.2, 2.4) : dice.in(0.85, 1.35));
    windowHeight = (float) Math.min(storey - 1.05, modern ? dice.in(1.2, 1.7) : dice.in(1.25, 1.9));
    sill = (float) Math.min(storey - windowHeight - 0.3, dice.in(0.75, 1));
    double wanted = windowWidth + (modern ? dice.in(0.5, 2) : dice.in(0.9, 2.2));
    frontWindows = Math.max(1, (int) ((width - 0.8) / wanted));
    frontPitch = (float) (width / frontWindows);
    sideWindows =
        plan.detached() ? Math.max(1, (int) (depth / wanted * dice.in(0.4, 1))) : dice.below(2);
    sidePitch = sideWindows == 0 ? 1 : (float) (depth / sideWindows);
    frameWidth = (float) dice.in(0.05, 0.1);
    surroundWidth = (float) (dice.chance(0.6) ? dice.in(0.08, 0.22) : 0);
    socleHeight = (float) (dice.chance(0.7) ? dice.in(0.3, 1.1) : 0);
    bandHeight = (float) (dice.chance(0.35) ? dice.in(0.1, 0.35) : 0);
    shutters = !modern && frontPitch > 2.1f * windowWidth && dice.chance(0.45);
    mullion = !modern ? dice.chance(0.85) : dice.chance(0.4);
    transom = !modern && dice.chance(0.4);
    shop = plan.shop();
    garage = plan.detached() && dice.chance(0.3);
    quoins = dice.chance(0.15);
    stain = (float) dice.in(0.05, 0.3);
    blinds = (float) (dice.chance(0.5) ? dice.in(0.05, 0.35) : 0);
    seed = dice.seed();
  }

  @Override
  public void paint(Surface s) {
    bare(s);
    float v = s.v;
    boolean front = s.w < 0.5f || (s.w > 1.5f && s.w < 2.5f);
    float pitch = front ? frontPitch : sidePitch;
    float length = (float) (front ? width : depth);
    if (v < socleHeight) {
      s.mix(socle, 0.8f + 0.4f * Pattern.GRAIN.at(s.u * 0.5f, v * 0.5f, s.footprint * 0.5f), 1);
      if (wall == Wall.STONE || bandHeight > 0) {
        courses(s, 0.9f, 0.34f, 0.02f);
      }
    }
    if (quoins && v > socleHeight) {
      float corner = Math.min(s.u, length - s.u);
      float block = v / 0.4f - Noise.floor(v / 0.4f);
      if (corner < ((Noise.floor(v / 0.4f) & 1) == 0 ? 0.55f : 0.35f) && block > 0.06f) {
        s.mix(surround, 1, 1);
      }
    }
    int floor = v < ground ? 0 : 1 + (int) ((v - ground) / storey);
    float up = v < ground ? v : v - ground - (floor - 1) * storey;
    if (bandHeight > 0 && floor > 0 && up < bandHeight) {
      s.mix(surround, up < 0.04f ? 0.55f : 1, 1);
    }
    if (floor >= storeys || (!front && sideWindows == 0)) {
      return;
    }
    int column = Noise.floor(s.u / pitch);
    float across = s.u - (column + 0.5f) * pitch;
    int window = column * 31 + floor * 7 + (int) s.w * 131;
    if (floor == 0 && s.w < 0.5f) {
      if (shop) {
        shopFront(s, across, up, pitch);
        return;
      }
      int doorColumn = (int) (Noise.at(1, 2, seed) * frontWindows);
      if (column == doorColumn) {
        doorway(s, across, up);
        return;
      }
      if (garage && column == frontWindows - 1 - doorColumn && pitch > 2.2f) {
        gate(s, across, up, Math.min(1.3f, pitch / 2 - 0.2f));
        return;
      }
    }
    float base = floor == 0 ? Math.max(sill, socleHeight + 0.1f) : sill;
    float high = Math.min(windowHeight, (floor == 0 ? ground : storey) - base - 0.2f);
    opening(s, across, up - base, windowWidth / 2, high, window);
  }

  /** The wall without anything in it. */
  private void bare(Surface s) {
    float f = s.footprint;
    float fine = Pattern.GRAIN.at(s.u * 0.45f, s.v * 0.45f, f * 0.45f);
    float clouds = Pattern.CLOUDS.at(s.u * 0.06f + 0.17f * s.w, s.v * 0.03f, f * 0.05f);
    float tone = 1 + 0.22f * (fine - 0.5f) + 2 * stain * (clouds - 0.5f);
    // Rain and dirt: darker towards the ground.
    tone *= 1 - stain * 0.6f * Math.max(0, 1 - s.v / 1.2f);
    s.colour(base, tone);
    switch (wall) {
      case BRICK -> courses(s, 0.25f, 0.078f, 0.012f);
      case STONE -> courses(s, 0.8f, 0.38f, 0.018f);
      case CONCRETE -> courses(s, 2.8f, 2.8f, 0.03f);
      default -> {}
    }
  }

  private void courses(Surface s, float length, float height, float gap) {
    int row = Noise.floor(s.v / height);
    float u = s.u + (row & 1) * length / 2;
    float detail = Math.max(0, 1 - s.footprint / height);
    if (detail > 0 && length < 2) {
      s.darken(1 + 0.45f * detail * (Noise.at(Noise.floor(u / length), row, seed) - 0.5f));
    }
    float upright = lines(u, length, gap, s.footprint);
    float level = lines(s.v, height, gap, s.footprint);
    s.mix(joint, 1, 0.8f * (upright + level - upright * level));
  }

  /** A window: place from the middle of its sill; half its width and its height. */
  private void opening(Surface s, float x, float y, float half, float high, int number) {
    float side = Math.abs(x);
    if (side > half || y < 0 || y > high) {
      around(s, x, y, half, high);
      return;
    }
    float random = Noise.at(number, 3, seed);
    float shade = Noise.at(number, 4, seed);
    float blind = random < blinds ? high * (0.2f + 0.8f * shade) : 0;
    if (high - y < blind) {
      s.colour(frame, 0.8f);
      s.darken(1 - 0.3f * lines(y, 0.05f, 0.015f, s.footprint));
    } else if (side > half - frameWidth
        || y < frameWidth
        || y > high - frameWidth
        || (mullion && side < frameWidth * 0.55f)
        || (transom && Math.abs(y - 0.68f * high) < frameWidth * 0.45f)) {
      s.colour(frame, 1);
    } else {
      pane(s, number, y / high, side / half);
    }
    // The reveal's shadow lies on the upper edge.
    if (y > high - 0.14f) {
      s.darken(0.45f);
    } else if (side > half - 0.06f) {
      s.darken(0.75f);
    }
  }

  private void pane(Surface s, int number, float y, float side) {
    s.colour(DARK, 0.6f + Noise.at(number, 5, seed));
    float curtain = Noise.at(number, 6, seed);
    if (curtain < 0.35f && side > 0.35f + curtain) {
      s.mix(CURTAIN, 0.4f, 0.8f);
    } else if (curtain > 0.75f && y < 2.4f * (curtain - 0.6f)) {
      s.mix(CURTAIN, 0.45f, 0.7f);
    }
    s.mirror = 0.1f;
  }

  private void around(Surface s, float x, float y, float half, float high) {
    float side = Math.abs(x);
    if (y < 0 && y > -0.08f && side < half + 0.1f) {
      s.colour(surround, 1.05f);
    } else if (y < -0.08f && y > -0.2f && side < half + 0.1f) {
      s.darken(0.7f);
    } else if (side < half + surroundWidth && y > 0 && y < high + surroundWidth) {
      s.mix(surround, 1, 1);
    } else if (shutters && side < 2 * half + surroundWidth && y > 0 && y < high) {
      s.colour(shutter, 1);
      s.darken(1 - 0.45f * lines(y, 0.06f, 0.025f, s.footprint));
      if (side > 2 * half + surroundWidth - 0.05f || y < 0.06f || y > high - 0.06f) {
        s.colour(shutter, 1.1f);
      }
    }
  }

  private void doorway(Surface s, float x, float y) {
    float side = Math.abs(x);
    float half = 0.55f;
    float high = Math.min(ground - 0.3f, 2.35f);
    if (side < half && y < high) {
      s.colour(door, 1);
      s.darken(1 - 0.35f * lines(side, 0.28f, 0.03f, s.footprint));
      if (y > high - 0.35f) {
        pane(s, 999, 0.5f, 0);
      } else if (y > 1.2f && y < 1.75f && side < 0.35f && (seed & 1) == 0) {
        pane(s, 998, 0.5f, 0);
      }
      if (y > high - 0.12f || side > half - 0.07f) {
        s.darken(0.5f);
      }
    } else if (side < half + 0.18f && y < high + 0.2f) {
      s.colour(surround, 1);
    }
  }

  private void gate(Surface s, float x, float y, float half) {
    if (Math.abs(x) < half && y < 2.2f) {
      s.colour(shutter, 1);
      s.darken((1 - 0.4f * lines(y, 0.3f, 0.03f, s.footprint)) * (y > 2.05f ? 0.5f : 1));
    }
  }

  private void shopFront(Surface s, float x, float y, float pitch) {
    float side = Math.abs(x);
    float half = pitch / 2 - 0.18f;
    float high = ground - 0.75f;
    if (y > high && y < ground - 0.15f) {
      s.colour(shutter, 1);
      float letters = Noise.at(Noise.floor(s.u / 0.22f), Noise.floor((y - high) / 0.3f), seed);
      if (y > high + 0.15f && y < high + 0.45f && letters > 0.45f && s.footprint < 0.2f) {
        s.colour(surround, 1);
      }
    } else if (y < high && y > 0.35f && side < half) {
      pane(s, Noise.floor(s.u / pitch) * 77, 0.5f, 0);
      int thing = Noise.floor(s.u / 0.45f) * 3 + Noise.floor(y / 0.6f) * 977;
      if (y < 1.6f && Noise.at(thing, 8, seed) > 0.5f) {
        s.mix(Colour.hsv(Noise.at(thing, 9, seed), 0.4, 0.6), 0.5f, 0.7f);
      }
      if (y > high - 0.2f) {
        s.darken(0.4f);
      }
    } else if (y < high && side < half + 0.06f) {
      s.colour(frame, 0.9f);
    }
  }
}
