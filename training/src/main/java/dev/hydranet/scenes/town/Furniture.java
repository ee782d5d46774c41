package dev.hydranet.scenes.town;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.geometry.Shape;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Plain;
import dev.hydranet.scenes.sample.Label;

/**
 * Builds what stands on pavements: lamps, signs, bins, bollards, fences, walls, people. None of it
 * is of a class.
 */
final class Furniture {
  private final Mesh mesh;

  Furniture(Mesh mesh) {
    this.mesh = mesh;
  }

  private static Material plain(Colour colour, double mirror) {
    return new Plain(Label.IGNORED, colour, mirror, 0.15);
  }

  private static Material metal(Dice dice) {
    return plain(Colour.hsv(dice.in(0.2, 0.6), dice.in(0, 0.3), dice.in(0.2, 0.65)), 0.03);
  }

  /** A street lamp whose arm reaches to the frame's left. */
  void lamp(Frame foot, double height, Dice dice) {
    Shape shape = new Shape(mesh, foot);
    Material metal = metal(dice);
    shape.post(0, 0, 0, 0, height, 0, 0.09, 0.05, 8, metal);
    double arm = dice.chance(0.6) ? dice.in(0.5, 2) : 0;
    if (arm > 0) {
      shape.post(0, height, 0, -arm, height + 0.25, 0, 0.04, 0.04, 6, metal);
      shape.box(-arm - 0.5, -arm, height + 0.2, height + 0.33, -0.13, 0.13, metal);
    } else {
      Material globe = plain(Colour.grey(0.85), 0.04);
      shape.post(0, height, 0, 0, height + 0.4, 0, 0.16, 0.22, 8, globe);
    }
  }

  /** A traffic sign that faces against the frame. */
  void sign(Frame foot, Dice dice) {
    Shape shape = new Shape(mesh, foot);
    double height = dice.in(2.1, 2.8);
    shape.post(
        0,
        0,
        0,
        0,
        height + 0.6,
        0,
        0.035,
        0.035,
        6,
        plain(Colour.grey(dice.in(0.45, 0.65)), 0.04));
    int corners = new int[] {20, 20, 3, 4, 4, 8}[dice.below(6)];
    double radius = dice.in(0.28, 0.45);
    Colour[] colours = {
      Colour.screen(0.8, 0.06, 0.08),
      Colour.screen(0.05, 0.2, 0.65),
      Colour.grey(0.92),
      Colour.screen(0.95, 0.75, 0.1)
    };
    Colour rim = colours[dice.below(3)];
    disc(shape, height, radius, corners, -0.05, plain(rim, 0.03));
    disc(shape, height, radius * 0.72, corners, -0.058, plain(colours[dice.below(4)], 0.03));
    disc(shape, height, radius, corners, -0.03, plain(Colour.grey(0.45), 0.02));
    if (dice.chance(0.3)) {
      shape.box(
          -0.3,
          0.3,
          height - radius - 0.35,
          height - radius - 0.05,
          -0.05,
          -0.04,
          plain(Colour.grey(0.9), 0.02));
    }
  }

  private static void disc(
      Shape shape, double height, double radius, int corners, double f, Material material) {
    double[][] ring = new double[corners][];
    double start =
        corners == 4 ? StrictMath.PI / 4 : corners == 8 ? StrictMath.PI / 8 : StrictMath.PI / 2;
    for (int i = 0; i < corners; i++) {
      double angle = start + 2 * StrictMath.PI * i / corners;
      double r = radius * StrictMath.cos(angle);
      double h = radius * StrictMath.sin(angle);
      ring[i] = Shape.p(r, height + h, f, r, h);
    }
    shape.flat(material, 0, ring);
  }

  void bollard(Frame foot, Dice dice) {
    double height = dice.in(0.7, 1.1);
    new Shape(mesh, foot).post(0, 0, 0, 0, height, 0, 0.07, 0.06, 8, metal(dice));
  }

  void bin(Frame foot, Dice dice) {
    double[] hues = {0.33, 0.6, 0.14, 0.05};
    Colour colour =
        dice.chance(0.5)
            ? Colour.grey(dice.in(0.12, 0.4))
            : Colour.hsv(hues[dice.below(4)], 0.6, dice.in(0.3, 0.7));
    double half = dice.in(0.24, 0.4);
    double height = dice.in(0.9, 1.25);
    Shape shape = new Shape(mesh, foot.turned(dice.in(-0.3, 0.3)));
    shape.box(-half, half, 0.05, height, -half, half, plain(colour, 0.02));
    shape.box(
        -half - 0.04,
        half + 0.04,
        height,
        height + 0.07,
        -half - 0.04,
        half + 0.04,
        plain(colour.times(0.8), 0.02));
  }

  /** A person: legs, coat, arms, head. */
  void person(Frame foot, Dice dice) {
    double height = dice.in(1.5, 1.9);
    Shape shape = new Shape(mesh, foot.turned(dice.in(0, 6.28)));
    Material coat = plain(Colour.hsv(dice.next(), dice.in(0, 0.7), dice.in(0.1, 0.8)), 0);
    Material trousers =
        plain(Colour.hsv(dice.in(0.5, 0.7), dice.in(0, 0.5), dice.in(0.1, 0.45)), 0);
    Material skin = plain(Colour.hsv(0.06, dice.in(0.3, 0.5), dice.in(0.35, 0.85)), 0);
    Material hair = plain(Colour.hsv(0.07, 0.4, dice.in(0.08, 0.5)), 0);
    double stride = dice.in(0, 0.25);
    double hip = height * 0.5;
    double neck = height * 0.83;
    for (int side = -1; side <= 1; side += 2) {
      shape.post(side * 0.09, 0, side * stride, side * 0.08, hip, 0, 0.07, 0.09, 7, trousers);
      shape.post(
          side * 0.21,
          neck - 0.06,
          0,
          side * 0.26,
          hip - 0.02,
          -side * stride * 0.8,
          0.055,
          0.045,
          6,
          coat);
    }
    shape.post(0, hip - 0.08, 0, 0, neck, 0, 0.17, 0.19, 9, coat);
    shape.post(0, neck, 0, 0, neck + 0.06, 0, 0.19, 0.05, 9, coat);
    shape.post(0, neck, 0, 0, height - 0.06, 0, 0.07, 0.1, 9, skin);
    shape.post(0, height - 0.12, 0, 0, height, 0, 0.11, 0.06, 9, hair);
  }

  /** A fence of pickets or bars, or a low wall, between two places. */
  void barrier(Frame from, Frame to, boolean near, Dice dice) {
    double dx = to.x() - from.x();
    double dz = to.z() - from.z();
    double length = Math.sqrt(dx * dx + dz * dz);
    // Along the barrier is forward.
    Frame frame =
        new Frame(
                from.x(),
                from.y(),
                from.z(),
                dz / length,
                0,
                -dx / length,
                0,
                1,
                0,
                dx / length,
                0,
                dz / length)
            .climbing((to.y() - from.y()) / length);
    Shape shape = new Shape(mesh, frame);
    if (dice.chance(0.4)) {
      double height = dice.in(0.4, 1.6);
      shape.box(-0.12, 0.12, -0.3, height, 0, length, new Masonry(dice));
      shape.box(
          -0.16, 0.16, height, height + 0.07, 0, length, plain(Colour.grey(dice.in(0.4, 0.7)), 0));
      return;
    }
    double height = dice.in(0.8, 1.5);
    Material material =
        dice.chance(0.4)
            ? metal(dice)
            : plain(Colour.hsv(0.08, dice.in(0, 0.5), dice.in(0.25, 0.9)), 0);
    double pitch = dice.in(0.11, 0.2);
    double wide = pitch * dice.in(0.15, 0.7);
    shape.box(-0.02, 0.02, height * 0.8, height * 0.8 + 0.06, 0, length, material);
    shape.box(-0.02, 0.02, 0.2, 0.26, 0, length, material);
    if (near) {
      for (double f = 0; f < length; f += pitch) {
        shape.flat(
            material,
            f,
            Shape.p(-0.025, 0.05, f, 0, 0),
            Shape.p(-0.025, 0.05, f + wide, wide, 0),
            Shape.p(-0.025, height, f + wide, wide, height),
            Shape.p(-0.025, height, f, 0, height));
      }
    }
    for (double f = 0; f < length; f += 2.4) {
      shape.box(-0.05, 0.05, -0.2, height + 0.05, f, f + 0.1, material);
    }
  }

  /** A mast for wires, and the wires to the next one. */
  void wires(Frame from, Frame to, double height, Dice dice) {
    Shape shape = new Shape(mesh, from);
    Material wood = plain(Colour.hsv(0.08, 0.35, dice.in(0.2, 0.4)), 0);
    shape.post(0, 0, 0, 0, height, 0, 0.12, 0.09, 7, wood);
    shape.box(-0.7, 0.7, height - 0.5, height - 0.38, -0.05, 0.05, wood);
    Material wire = plain(Colour.grey(0.1), 0);
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    double dz = to.z() - from.z();
    Shape world = new Shape(mesh, Frame.at(0, 0, 0, 0));
    for (int i = -1; i <= 1; i++) {
      double ox = from.rx() * 0.6 * i;
      double oz = from.rz() * 0.6 * i;
      for (int k = 0; k < 6; k++) {
        double a = k / 6.0;
        double b = (k + 1) / 6.0;
        world.post(
            from.x() + a * dx + ox,
            from.y() + height - 0.35 + a * dy - 4 * a * (1 - a) * 0.6,
            from.z() + a * dz + oz,
            from.x() + b * dx + ox,
            from.y() + height - 0.35 + b * dy - 4 * b * (1 - b) * 0.6,
            from.z() + b * dz + oz,
            0.012,
            0.012,
            3,
            wire);
      }
    }
  }
}
