package dev.hydranet.scenes.vehicles;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.sample.Label;

/**
 * Lacquer, glass, lights, plates, tyres' arches: u is along the car from its middle, v up, w to its
 * right.
 */
final class CarLook extends Material {
  /** Which side of the car. */
  enum Part {
    SIDE,
    GLASSHOUSE,
    TOP,
    FRONT,
    REAR
  }

  private static final Colour BLACK = Colour.grey(0.12);
  private static final Colour RED_LAMP = Colour.screen(0.75, 0.04, 0.05);
  private static final Colour LAMP = Colour.grey(0.85);
  private static final Colour PLATE = Colour.grey(0.92);

  private final Part part;
  private final CarModel model;
  private final Paint paint;

  /** What the parts of one car share. */
  record Paint(
      Colour lacquer,
      Colour trim,
      Colour glass,
      float gloss,
      boolean lit,
      float lampHeight,
      float lampSize,
      boolean bareBumpers,
      int seed) {

    static Paint any(Dice dice) {
      double kind = dice.next();
      Colour lacquer;
      if (kind < 0.2) {
        lacquer = Colour.hsv(dice.in(0.55, 0.7), dice.in(0, 0.2), dice.in(0.08, 0.22));
      } else if (kind < 0.47) {
        lacquer = Colour.hsv(dice.in(0.5, 0.7), dice.in(0, 0.08), dice.in(0.3, 0.8));
      } else if (kind < 0.63) {
        lacquer = Colour.grey(dice.in(0.85, 0.97));
      } else if (kind < 0.76) {
        lacquer = Colour.hsv(dice.in(0.56, 0.66), dice.in(0.5, 0.9), dice.in(0.2, 0.6));
      } else if (kind < 0.87) {
        lacquer = Colour.hsv(dice.in(-0.02, 0.02), dice.in(0.75, 0.95), dice.in(0.4, 0.85));
      } else {
        lacquer =
            Colour.hsv(
                dice.chance(0.3) ? dice.next() : dice.in(0.05, 0.5),
                dice.in(0.2, 0.75),
                dice.in(0.2, 0.8));
      }
      return new Paint(
          lacquer,
          Colour.grey(dice.in(0.1, 0.25)),
          Colour.hsv(0.5, 0.15, dice.in(0.08, 0.2)),
          (float) dice.in(0.035, 0.07),
          dice.chance(0.12),
          (float) dice.in(0.5, 0.62),
          (float) dice.in(0.16, 0.34),
          dice.chance(0.25),
          dice.seed());
    }
  }

  CarLook(Part part, CarModel model, Paint paint) {
    super(Label.CAR);
    this.part = part;
    this.model = model;
    this.paint = paint;
  }

  @Override
  public void paint(Surface s) {
    float x = (float) (s.u / model.length + 0.5);
    float side = Math.abs(s.w);
    s.colour(paint.lacquer, 1);
    s.mirror = paint.gloss;
    switch (part) {
      case SIDE -> side(s, x);
      case GLASSHOUSE -> glasshouse(s, x);
      case TOP -> top(s, x, side);
      case FRONT -> front(s, side);
      default -> rear(s, side);
    }
  }

  private void glass(Surface s, float light) {
    s.colour(paint.glass, light);
    s.mirror = 0.09f;
  }

  private void dull(Surface s, Colour colour) {
    s.colour(colour, 1);
    s.mirror = 0.01f;
  }

  private void side(Surface s, float x) {
    float wheel = arch(s.u, s.v, model.rearWheel);
    wheel = Math.min(wheel, arch(s.u, s.v, model.frontWheel));
    if (wheel < 1.16f) {
      dull(s, BLACK);
      s.darken(0.3f);
      return;
    }
    float belt = (float) model.belt(x);
    if (s.v < model.clearance + 0.1) {
      dull(s, paint.trim);
    } else if (paint.bareBumpers && s.v < model.clearance + 0.32 && (x < 0.05 || x > 0.95)) {
      dull(s, paint.trim);
    } else if (x < 0.035 && Math.abs(s.v - belt * 0.86f) < 0.5f * paint.lampSize) {
      lamp(s, RED_LAMP);
    } else if (x > 0.93
        && Math.abs(s.v - paint.lampHeight * model.height * 0.82f) < 0.075f + (0.99f - x)) {
      lamp(s, LAMP);
    } else {
      float door = 0;
      for (double pillar : model.pillars) {
        door += band((float) ((x - pillar) * model.length), -0.008f, 0.008f, s.footprint);
      }
      door +=
          band((float) ((x - model.screen + 0.06) * model.length), -0.008f, 0.008f, s.footprint);
      if (s.v > model.clearance + 0.12) {
        s.darken(1 - 0.75f * Math.min(1, door));
      }
      // A crease along the doors, and their handles.
      s.darken(1 - 0.25f * band(s.v, belt * 0.78f, belt * 0.78f + 0.03f, s.footprint));
      for (double pillar : model.pillars) {
        double at = (x - pillar) * model.length - 0.13;
        if (Math.abs(at) < 0.09 && Math.abs(s.v - belt + 0.1f) < 0.018f) {
          s.darken(0.35f);
        }
      }
    }
  }

  private float arch(float u, float v, double wheel) {
    float du = (float) (u - (wheel - 0.5) * model.length);
    float dv = (float) (v - model.wheelRadius);
    return (float) (Math.sqrt(du * du + dv * dv) / model.wheelRadius);
  }

  private void lamp(Surface s, Colour colour) {
    s.colour(colour, 1);
    s.mirror = 0.08f;
    s.glow = paint.lit ? 1.5f : 0.15f;
  }

  private void glasshouse(Surface s, float x) {
    float belt = (float) model.belt(x);
    float top = (float) model.top(x);
    if (s.v < belt + 0.035f || s.v > top - 0.11f) {
      return;
    }
    for (double pillar : model.pillars) {
      double at = Math.abs(x - pillar) * model.length;
      if (at < 0.045) {
        dull(s, BLACK);
        return;
      }
    }
    boolean panelVan = model.body == CarModel.Body.VAN && (paint.seed & 3) == 0;
    if (x < model.roofRear + 0.05 || (panelVan && x < model.pillars[1])) {
      return;
    }
    glass(s, 0.7f + 0.6f * (s.v - belt));
  }

  private void top(Surface s, float x, float side) {
    float belt = (float) model.belt(x);
    float top = (float) model.top(x);
    boolean onScreen = x > model.roofFront + 0.005 && x < model.screen - 0.005;
    boolean onRear = x < model.roofRear - 0.005 && x > model.tail + 0.005 && s.v > belt + 0.05f;
    if ((onScreen || onRear) && side < model.halfTop(x) - 0.07) {
      glass(s, onScreen ? 1.1f : 0.8f);
    } else if (top - belt < 0.05f && x > 0.5f) {
      // The bonnet's gaps.
      s.darken(
          1 - 0.6f * band(side - (float) model.halfTop(x) + 0.1f, -0.006f, 0.006f, s.footprint));
      if (x < model.screen + 0.02) {
        dull(s, BLACK);
      }
    }
  }

  private void front(Surface s, float side) {
    float half = (float) model.width / 2;
    float lampLine = paint.lampHeight * (float) model.height * 0.82f;
    if (s.v < model.clearance + 0.07 || (paint.bareBumpers && s.v < model.clearance + 0.3)) {
      dull(s, paint.trim);
    }
    if (plate(s, side, 0.42f)) {
      return;
    }
    if (Math.abs(s.v - lampLine) < 0.08f && side > 0.52f * half) {
      lamp(s, LAMP);
      s.glow = paint.lit ? 3 : 0.3f;
    } else if (Math.abs(s.v - lampLine) < 0.075f && side < 0.46f * half) {
      dull(s, BLACK);
      s.darken(1 - 0.6f * lines(s.v, 0.05f, 0.02f, s.footprint));
      if (s.w * s.w + (s.v - lampLine) * (s.v - lampLine) < 0.003f) {
        s.colour(LAMP, 0.8f);
      }
    } else if (Math.abs(s.v - model.clearance - 0.14f) < 0.06f && side < 0.7f * half) {
      dull(s, BLACK);
    }
  }

  private void rear(Surface s, float side) {
    float half = (float) model.width / 2;
    float belt = (float) model.belt(0.02);
    if (s.v < model.clearance + 0.1 || (paint.bareBumpers && s.v < model.clearance + 0.32)) {
      dull(s, paint.trim);
    }
    if (plate(s, side, belt > 0.9f ? 0.68f : 0.62f)) {
      return;
    }
    float lamps = belt * 0.86f;
    if (Math.abs(s.v - lamps) < 0.5f * paint.lampSize && side > 0.68f * half) {
      lamp(s, RED_LAMP);
      if (Math.abs(s.v - lamps + 0.03f) < 0.035f) {
        s.colour(LAMP, 0.9f);
      }
    } else {
      s.darken(
          1
              - 0.6f
                  * band(
                      s.v,
                      (float) model.clearance + 0.36f,
                      (float) model.clearance + 0.375f,
                      s.footprint));
      if (s.w * s.w + (s.v - lamps) * (s.v - lamps) < 0.003f) {
        s.colour(LAMP, 0.7f);
      }
    }
  }

  private boolean plate(Surface s, float side, float height) {
    float up = s.v - height;
    if (side > 0.26f || Math.abs(up) > 0.056f) {
      return false;
    }
    dull(s, PLATE);
    if (s.w * (part == Part.REAR ? -1 : 1) > 0.22f) {
      s.colour(0.02f, 0.06f, 0.4f);
    } else if (side < 0.2f && Math.abs(up) < 0.035f) {
      // Letters and figures.
      float sharp = Math.max(0, 1 - s.footprint / 0.06f);
      int column = Noise.floor(s.w / 0.022f);
      int row = Noise.floor(up / 0.02f);
      s.darken(
          1
              - 0.35f * (1 - sharp)
              - (Noise.at(column, row, paint.seed) > 0.45f ? 0.85f * sharp : 0));
    }
    return true;
  }
}
