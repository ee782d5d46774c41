package dev.hydranet.scenes.buildings;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.geometry.Shape;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Plain;
import dev.hydranet.scenes.sample.Label;

/** Builds a house. Its frame looks away from the street; its front is in the plane forward = 0. */
public final class Building {
  private static final double BELOW = 2.5;

  private final Shape shape;
  private final BuildingPlan plan;
  private final Dice dice;
  private final Material wall;
  private final Material tiles;
  private final Material trim;

  private Building(Shape shape, BuildingPlan plan, Dice dice) {
    this.shape = shape;
    this.plan = plan;
    this.dice = dice;
    wall = new Facade(plan, dice.split());
    tiles = new RoofTiles(dice);
    trim = new Plain(Label.BUILDING, Colour.hsv(0.1, dice.in(0, 0.2), dice.in(0.3, 0.9)), 0, 0.2);
  }

  public static void build(Mesh mesh, Frame place, BuildingPlan plan, boolean near, Dice dice) {
    Building building = new Building(new Shape(mesh, place), plan, dice);
    building.body();
    building.roof();
    if (near) {
      building.details();
    }
  }

  private void body() {
    double half = plan.width() / 2;
    shape.walls(-half, half, -BELOW, plan.wallHeight(), 0, plan.depth(), wall);
  }

  private void roof() {
    double half = plan.width() / 2;
    double top = plan.wallHeight();
    double deep = plan.depth();
    double pitch = dice.in(0.55, 1.05);
    double over = dice.in(0.2, 0.6);
    double side = plan.detached() ? over * 0.6 : 0;
    switch (plan.roof()) {
      case EAVES -> {
        double rise = pitch * deep / 2;
        slopes(
            -half - side,
            half + side,
            top - pitch * over,
            -over,
            deep + over,
            rise + pitch * over,
            false);
        gable(1, half, top, 0, deep, rise);
        gable(-1, half, top, 0, deep, rise);
        chimney(dice.in(-half * 0.7, half * 0.7), deep / 2 + dice.in(-1, 1), top + rise);
        if (dice.chance(0.5)) {
          dormers(half, top, rise, pitch);
        }
      }
      case GABLE -> {
        double rise = pitch * half;
        slopes(
            -half - over,
            half + over,
            top - pitch * over,
            -side,
            deep + side,
            rise + pitch * over,
            true);
        frontGable(half, top, rise, 0);
        frontGable(half, top, rise, deep);
        chimney(dice.in(-half * 0.4, half * 0.4), dice.in(1, deep - 1), top + rise * 0.8);
      }
      case HIP -> {
        hip(half + over, top, -over, deep + over, pitch);
        chimney(
            dice.in(-half * 0.4, half * 0.4),
            deep / 2 + dice.in(-1, 1),
            top + pitch * deep / 2 * 0.8);
      }
      case MANSARD -> {
        double high = dice.in(2.2, 3);
        double in = 0.9;
        eaves(half, top, 0.35);
        double[][] low = {{-half, 0}, {half, 0}, {half, deep}, {-half, deep}};
        double[][] up = {{-half, in}, {half, in}, {half, deep - in}, {-half, deep - in}};
        for (int i = 0; i < 4; i++) {
          int j = (i + 1) % 4;
          double length = Math.abs(low[j][0] - low[i][0]) + Math.abs(low[j][1] - low[i][1]);
          shape.flat(
              i % 2 == 0 ? tiles : wall,
              i,
              Shape.p(low[i][0], top, low[i][1], 0, i % 2 == 0 ? 0 : 30),
              Shape.p(low[j][0], top, low[j][1], length, i % 2 == 0 ? 0 : 30),
              Shape.p(up[j][0], top + high, up[j][1], length, i % 2 == 0 ? high : 30 + high),
              Shape.p(up[i][0], top + high, up[i][1], 0, i % 2 == 0 ? high : 30 + high));
        }
        slopes(-half, half, top + high, in, deep - in, 0.8, false);
        double gap = plan.width() / Math.max(1, Math.round(plan.width() / 3));
        for (double r = -half + gap / 2; r < half; r += gap) {
          dormer(r, top + 0.5, 0.25, 1.5);
        }
        chimney(half - 0.4, deep * dice.in(0.3, 0.7), top + high + 0.5);
      }
      default -> {
        double parapet = dice.in(0.2, 0.8);
        shape.walls(-half - 0.05, half + 0.05, top - 0.1, top + parapet, -0.05, deep + 0.05, trim);
        shape.flat(
            trim,
            4,
            Shape.p(-half, top + parapet - 0.1, 0, 0, 0),
            Shape.p(half, top + parapet - 0.1, 0, 5, 0),
            Shape.p(half, top + parapet - 0.1, deep, 5, 5),
            Shape.p(-half, top + parapet - 0.1, deep, 0, 5));
        if (dice.chance(0.5)) {
          double r = dice.in(-half * 0.5, half * 0.5);
          shape.box(
              r - 1.2,
              r + 1.2,
              top,
              top + parapet + dice.in(1, 2.2),
              deep * 0.4,
              deep * 0.4 + 2.5,
              trim);
        }
      }
    }
  }

  /** Two slopes that meet in a ridge, along the street or away from it. */
  private void slopes(
      double r0, double r1, double base, double f0, double f1, double rise, boolean away) {
    double low = base + 0.05;
    double ridge = low + rise;
    double thick = 0.16;
    double[] eaves = away ? new double[] {r0, r1} : new double[] {f0, f1};
    double[] ends = away ? new double[] {f0, f1} : new double[] {r0, r1};
    double mid = (eaves[0] + eaves[1]) / 2;
    double slope = Math.sqrt(rise * rise + (mid - eaves[0]) * (mid - eaves[0]));
    for (int side = 0; side < 2; side++) {
      shape.flat(
          tiles,
          side,
          roof(away, eaves[side], low, ends[0], ends[0], 0),
          roof(away, eaves[side], low, ends[1], ends[1], 0),
          roof(away, mid, ridge, ends[1], ends[1], slope),
          roof(away, mid, ridge, ends[0], ends[0], slope));
    }
    if (!away) {
      shape.flat(
          trim,
          0,
          Shape.p(r0, low - thick, f0, 0, 0),
          Shape.p(r1, low - thick, f0, 8, 0),
          Shape.p(r1, low, f0, 8, 1),
          Shape.p(r0, low, f0, 0, 1));
    }
    // The boards along the edges that are seen from the street.
    for (double r : new double[] {r0, r1}) {
      double eave = away ? r : f0;
      double end = away ? f0 : r;
      shape.flat(
          trim,
          0,
          roof(away, eave, low - thick, end, 0, 0),
          roof(away, eave, low, end, 0, 1),
          roof(away, mid, ridge, end, 4, 1),
          roof(away, mid, ridge - thick, end, 4, 0));
    }
  }

  /** A corner of a roof whose ridge runs away from the street or along it. */
  private static double[] roof(
      boolean away, double across, double height, double along, double u, double v) {
    return away ? Shape.p(across, height, along, u, v) : Shape.p(along, height, across, u, v);
  }

  /** The triangle of wall under a roof's end at the side. */
  private void gable(int sign, double half, double top, double f0, double f1, double rise) {
    shape.flat(
        wall,
        sign > 0 ? 1 : 3,
        Shape.p(sign * half, top, f0, 0, top),
        Shape.p(sign * half, top, f1, f1, top),
        Shape.p(sign * half, top + rise, (f0 + f1) / 2, f1 / 2, top + rise));
  }

  private void frontGable(double half, double top, double rise, double f) {
    shape.flat(
        wall,
        0,
        Shape.p(-half, top, f, 0, top),
        Shape.p(half, top, f, 2 * half, top),
        Shape.p(0, top + rise, f, half, top + rise));
  }

  private void hip(double half, double top, double f0, double f1, double pitch) {
    double run = Math.min(half, (f1 - f0) / 2);
    double rise = pitch * run;
    double ridge = half - run;
    double m0 = f0 + run;
    double m1 = f1 - run;
    double slope = Math.sqrt(rise * rise + run * run);
    double low = top - 0.02;
    double high = low + rise;
    shape.flat(
        tiles,
        0,
        Shape.p(-half, low, f0, -half, 0),
        Shape.p(half, low, f0, half, 0),
        Shape.p(ridge, high, m0, ridge, slope),
        Shape.p(-ridge, high, m0, -ridge, slope));
    shape.flat(
        tiles,
        1,
        Shape.p(half, low, f0, f0, 0),
        Shape.p(half, low, f1, f1, 0),
        Shape.p(ridge, high, m1, m1, slope),
        Shape.p(ridge, high, m0, m0, slope));
    shape.flat(
        tiles,
        2,
        Shape.p(half, low, f1, half, 0),
        Shape.p(-half, low, f1, -half, 0),
        Shape.p(-ridge, high, m1, -ridge, slope),
        Shape.p(ridge, high, m1, ridge, slope));
    shape.flat(
        tiles,
        3,
        Shape.p(-half, low, f1, f1, 0),
        Shape.p(-half, low, f0, f0, 0),
        Shape.p(-ridge, high, m0, m0, slope),
        Shape.p(-ridge, high, m1, m1, slope));
    shape.walls(-half, half, low - 0.16, low, f0, f1, trim);
    shape.flat(
        trim,
        5,
        Shape.p(-half, low - 0.16, f0, 0, 0),
        Shape.p(half, low - 0.16, f0, 4, 0),
        Shape.p(half, low - 0.16, f1, 4, 4),
        Shape.p(-half, low - 0.16, f1, 0, 4));
  }

  private void eaves(double half, double top, double over) {
    shape.box(-half, half, top - 0.25, top, -over, 0, trim);
  }

  private void chimney(double r, double f, double top) {
    if (dice.chance(0.75)) {
      shape.box(r - 0.3, r + 0.3, top - 2, top + dice.in(0.4, 1.2), f - 0.3, f + 0.3, trim);
    }
  }

  private void dormers(double half, double top, double rise, double pitch) {
    int count = 1 + dice.below((int) (plan.width() / 4));
    double gap = plan.width() / count;
    for (int i = 0; i < count; i++) {
      double r = -half + (i + 0.5) * gap;
      dormer(r, top + 0.6, 0.6 / pitch, Math.min(1.4, rise * 0.6));
    }
  }

  private void dormer(double r, double base, double f, double high) {
    double half = 0.7;
    Material window = new Plain(Label.BUILDING, Colour.hsv(0.58, 0.2, 0.15), 0.1, 0);
    shape.walls(r - half, r + half, base, base + high, f, f + high * 2, trim);
    shape.flat(
        window,
        0,
        Shape.p(r - half + 0.2, base + 0.15, f - 0.02, 0, 0),
        Shape.p(r + half - 0.2, base + 0.15, f - 0.02, 1, 0),
        Shape.p(r + half - 0.2, base + high - 0.15, f - 0.02, 1, 1),
        Shape.p(r - half + 0.2, base + high - 0.15, f - 0.02, 0, 1));
    double ridge = base + high + 0.5;
    double low = base + high - 0.1;
    shape.flat(
        tiles,
        0,
        Shape.p(r - half - 0.2, low, f - 0.2, 0, 0),
        Shape.p(r - half - 0.2, low, f + 2.5, 2.5, 0),
        Shape.p(r, ridge, f + 2.5, 2.5, 1),
        Shape.p(r, ridge, f - 0.2, 0, 1));
    shape.flat(
        tiles,
        1,
        Shape.p(r + half + 0.2, low, f - 0.2, 0, 0),
        Shape.p(r + half + 0.2, low, f + 2.5, 2.5, 0),
        Shape.p(r, ridge, f + 2.5, 2.5, 1),
        Shape.p(r, ridge, f - 0.2, 0, 1));
    shape.flat(
        trim,
        0,
        Shape.p(r - half - 0.1, low, f, 0, 0),
        Shape.p(r + half + 0.1, low, f, 1, 0),
        Shape.p(r, ridge - 0.05, f, 0.5, 1));
  }

  /** Balconies, a cornice, a rain pipe, steps, an awning. */
  private void details() {
    double half = plan.width() / 2;
    if (dice.chance(0.4) && plan.roof() != BuildingPlan.Roof.GABLE) {
      shape.box(
          -half,
          half,
          plan.wallHeight() - 0.35,
          plan.wallHeight() - 0.02,
          -dice.in(0.1, 0.35),
          0,
          trim);
    }
    if (dice.chance(0.6)) {
      double r = dice.sign() * (half - 0.15);
      Material pipe =
          new Plain(
              Label.BUILDING, Colour.hsv(0.08, dice.in(0, 0.5), dice.in(0.3, 0.7)), 0.02, 0.1);
      shape.post(r, 0, -0.08, r, plan.wallHeight(), -0.08, 0.05, 0.05, 6, pipe);
    }
    if (plan.storeys() > 2 && dice.chance(0.35)) {
      balconies(half);
    }
    if (plan.shop() && dice.chance(0.4)) {
      Material cloth =
          new Plain(
              Label.BUILDING,
              Colour.hsv(dice.next(), dice.in(0.2, 0.8), dice.in(0.4, 0.9)),
              0,
              0.2);
      double low = plan.ground() - 1;
      shape.flat(
          cloth,
          0,
          Shape.p(-half * 0.8, low, -1.2, 0, 0),
          Shape.p(half * 0.8, low, -1.2, 5, 0),
          Shape.p(half * 0.8, low + 0.6, 0, 5, 1),
          Shape.p(-half * 0.8, low + 0.6, 0, 0, 1));
    }
  }

  private void balconies(double half) {
    double width = dice.in(1.6, 3);
    double out = dice.in(0.8, 1.4);
    boolean bars = dice.chance(0.5);
    int columns = 1 + dice.below(2);
    Material slab = new Plain(Label.BUILDING, Colour.grey(dice.in(0.5, 0.8)), 0, 0.2);
    Material rail =
        new Plain(
            Label.BUILDING,
            bars
                ? Colour.grey(dice.in(0.1, 0.5))
                : Colour.hsv(dice.next(), dice.in(0, 0.5), dice.in(0.4, 0.9)),
            0,
            0.1);
    for (int c = 0; c < columns; c++) {
      double r = columns == 1 ? dice.in(-half * 0.4, half * 0.4) : (c - 0.5) * half;
      for (int i = 1; i < plan.storeys(); i++) {
        double base = plan.ground() + (i - 1) * plan.storey();
        shape.box(r - width / 2, r + width / 2, base - 0.15, base, -out, 0, slab);
        if (bars) {
          shape.box(r - width / 2, r + width / 2, base + 0.95, base + 1, -out, -out + 0.05, rail);
          for (double x = r - width / 2; x < r + width / 2; x += 0.14) {
            shape.flat(
                rail,
                0,
                Shape.p(x, base, -out, 0, 0),
                Shape.p(x + 0.03, base, -out, 0, 0),
                Shape.p(x + 0.03, base + 1, -out, 0, 1),
                Shape.p(x, base + 1, -out, 0, 1));
          }
        } else {
          shape.walls(r - width / 2, r + width / 2, base, base + 1, -out, 0, rail);
        }
      }
    }
  }
}
