package dev.hydranet.scenes.vehicles;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.geometry.Shape;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Plain;
import dev.hydranet.scenes.sample.Label;

/** Builds a lorry: a cab and a box behind it, of class car as in KITTI's six classes. */
public final class Lorry {
  private Lorry() {}

  /** Onto a frame that stands on the road and looks where the lorry does. */
  public static void build(Mesh mesh, Frame place, Dice dice) {
    Shape shape = new Shape(mesh, place);
    double half = dice.in(1.0, 1.2);
    double length = dice.in(4, 7);
    double height = dice.in(2.7, 3.7);
    double cab = Math.min(height, dice.in(2.3, 2.9));
    double front = length / 2 + 0.9;
    Colour colour =
        dice.chance(0.5)
            ? Colour.grey(dice.in(0.75, 0.95))
            : Colour.hsv(dice.next(), dice.in(0.3, 0.8), dice.in(0.3, 0.8));
    Material lacquer = new Plain(Label.CAR, colour, 0.04, 0.05);
    Material load =
        new Plain(
            Label.CAR, dice.chance(0.6) ? Colour.grey(dice.in(0.6, 0.95)) : colour, 0.02, 0.15);
    Material dark = new Plain(Label.CAR, Colour.grey(0.1), 0.02, 0);
    Material glass = new Plain(Label.CAR, Colour.hsv(0.55, 0.2, 0.13), 0.09, 0);
    Material red = new Plain(Label.CAR, Colour.screen(0.7, 0.05, 0.05), 0.05, 0);
    Material white = new Plain(Label.CAR, Colour.grey(0.9), 0.05, 0);
    shape.box(-half, half, 0.95, height, -front, front - 1.9, load);
    shape.box(-0.4, 0.4, 0.45, 0.95, -front + 0.1, front - 0.2, dark);
    shape.box(-half + 0.05, half - 0.05, 0.4, cab, front - 1.75, front, lacquer);
    shape.box(-half + 0.15, half - 0.15, 1.35, cab - 0.3, front - 0.05, front + 0.01, glass);
    shape.box(-half + 0.04, half - 0.04, 1.35, cab - 0.35, front - 1.0, front - 0.25, glass);
    shape.box(-half + 0.05, half - 0.05, 0.35, 0.6, front - 0.1, front + 0.03, dark);
    shape.box(-half, half, 0.5, 0.62, -front - 0.02, -front + 0.1, dark);
    for (int side = -1; side <= 1; side += 2) {
      double r = side * (half - 0.25);
      shape.box(r - 0.18, r + 0.18, 0.65, 0.8, -front - 0.03, -front + 0.05, red);
      shape.box(r - 0.15, r + 0.15, 0.68, 0.85, front - 0.05, front + 0.02, white);
      for (double f : new double[] {-front + 1.2, front - 0.95}) {
        shape.post(r - 0.14, 0.45, f, r + 0.14, 0.45, f, 0.45, 0.45, 14, dark);
        shape.post(r + side * 0.14, 0.45, f, r + side * 0.15, 0.45, f, 0.45, 0.02, 14, dark);
      }
    }
  }
}
