package dev.hydranet.scenes.vehicles;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.geometry.Shape;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Plain;
import dev.hydranet.scenes.sample.Label;
import java.util.TreeSet;

/** Builds a car: a body lofted over cross-sections, wheels, mirrors. */
public final class Car {
  /** Points of a cross-section: lower side, and from the shoulder over the roof. */
  private static final int LOWER = 5;

  private static final int UPPER = 9;

  private final CarModel model;
  private final CarLook.Paint paint;
  private final Shape shape;
  private final double travelled;
  private final double[] stations;

  private Car(Shape shape, double distance, double travelled, Dice dice) {
    this.shape = shape;
    this.travelled = travelled;
    model = new CarModel(dice);
    paint = CarLook.Paint.any(dice);
    int most = distance < 30 ? 30 : 16;
    double[] fixed = {
      0, 0.012, 0.03, model.tail, model.roofRear, model.roofFront, model.screen, 0.93, 0.97, 0.99, 1
    };
    TreeSet<Double> all = new TreeSet<>();
    for (double x : fixed) {
      all.add(x);
    }
    for (int i = 1; i < most; i++) {
      double x = (double) i / most;
      if (all.ceiling(x) - x > 0.012 && x - all.floor(x) > 0.012) {
        all.add(x);
      }
    }
    stations = all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Builds any car onto a frame that stands on the road and looks where the car does. */
  public static void build(Mesh mesh, Frame place, double distance, Dice dice) {
    build(mesh, place, distance, 0, dice);
  }

  /**
   * Builds a car that drives.
   *
   * @param distance from the camera, metres: how much of it is worth building
   * @param travelled how far its wheels have rolled, metres
   */
  public static void build(Mesh mesh, Frame place, double distance, double travelled, Dice dice) {
    new Car(new Shape(mesh, place), distance, travelled, dice).build(distance < 45, dice);
  }

  private void build(boolean detailed, Dice dice) {
    lower(1);
    lower(-1);
    upper();
    cap(0, CarLook.Part.REAR);
    cap(1, CarLook.Part.FRONT);
    Material under = new Plain(Label.CAR, Colour.grey(0.07), 0, 0);
    double half = model.width / 2 * 0.9;
    double end = model.length / 2 * 0.95;
    double low = model.clearance - 0.03;
    shape.flat(
        under,
        0,
        Shape.p(-half, low, -end, 0, 0),
        Shape.p(half, low, -end, 0, 0),
        Shape.p(half, low, end, 0, 0),
        Shape.p(-half, low, end, 0, 0));
    Material wheel = new Wheel(model.wheelRadius, dice);
    for (int side = -1; side <= 1; side += 2) {
      wheel(side, (model.rearWheel - 0.5) * model.length, wheel);
      wheel(side, (model.frontWheel - 0.5) * model.length, wheel);
      if (detailed) {
        double at = (model.screen - 0.5) * model.length - 0.28;
        double belt = model.belt(model.screen - 0.05);
        double inner = side * (model.width / 2 - 0.05);
        double outer = side * (model.width / 2 + 0.15);
        Material shell =
            new Plain(
                Label.CAR, dice.chance(0.6) ? paint.lacquer() : paint.trim(), paint.gloss(), 0);
        shape.box(
            Math.min(inner, outer),
            Math.max(inner, outer),
            belt + 0.02,
            belt + 0.15,
            at - 0.05,
            at + 0.04,
            shell);
      }
    }
    boolean railed =
        model.body == CarModel.Body.ESTATE
            || model.body == CarModel.Body.SUV
            || model.body == CarModel.Body.VAN;
    if (detailed && dice.chance(railed ? 0.5 : 0.08)) {
      Material rail = new Plain(Label.CAR, Colour.grey(dice.in(0.1, 0.6)), 0.03, 0);
      for (int side = -1; side <= 1; side += 2) {
        double r = side * (model.halfTop(0.4) - 0.08);
        shape.box(
            r - 0.02,
            r + 0.02,
            model.height - 0.01,
            model.height + 0.05,
            -0.36 * model.length,
            0.06 * model.length,
            rail);
      }
      if (dice.chance(0.15)) {
        Material box = new Plain(Label.CAR, Colour.grey(dice.in(0.1, 0.9)), 0.03, 0);
        shape.box(
            -0.4,
            0.4,
            model.height + 0.05,
            model.height + 0.4,
            -0.3 * model.length,
            0.1 * model.length,
            box);
      }
    }
  }

  private double forward(double x) {
    return (x - 0.5) * model.length;
  }

  private void lower(int side) {
    double[][][] grid = new double[stations.length][LOWER][];
    for (int i = 0; i < stations.length; i++) {
      double x = stations[i];
      double half = model.half(x);
      double belt = model.belt(x);
      double low = model.clearance + (x < 0.04 || x > 0.96 ? 0.04 : 0);
      double[] out = {0.9, 0.965, 0.995, 1.0, 0.965};
      double[] up = {0, 0.12, 0.38, 0.7, 1};
      for (int j = 0; j < LOWER; j++) {
        grid[i][j] = new double[] {side * half * out[j], low + up[j] * (belt - low), forward(x)};
      }
    }
    Material look = new CarLook(CarLook.Part.SIDE, model, paint);
    patch(grid, (i, j) -> look);
  }

  private void upper() {
    double[][][] grid = new double[stations.length][UPPER][];
    for (int i = 0; i < stations.length; i++) {
      double x = stations[i];
      double shoulder = model.half(x) * 0.965;
      double edge = model.halfTop(x);
      double belt = model.belt(x);
      double top = model.top(x);
      double crown = 0.02 + 0.025 * Math.min(1, 4 * Math.min(x, 1 - x));
      double[][] half = {
        {shoulder, belt},
        {edge + 0.5 * (shoulder - edge), belt + 0.52 * (top - belt)},
        {edge, top - 0.02},
        {edge * 0.82, top + 0.35 * crown},
        {0, top + crown}
      };
      for (int j = 0; j < UPPER; j++) {
        double[] p = half[j < 5 ? j : 8 - j];
        grid[i][j] = new double[] {j < 5 ? p[0] : -p[0], p[1], forward(x)};
      }
    }
    Material glasshouse = new CarLook(CarLook.Part.GLASSHOUSE, model, paint);
    Material top = new CarLook(CarLook.Part.TOP, model, paint);
    patch(grid, (i, j) -> j < 2 || j >= 6 ? glasshouse : top);
  }

  private void cap(double x, CarLook.Part part) {
    double sign = x < 0.5 ? -1 : 1;
    double half = model.half(x) * 0.985;
    double belt = model.belt(x);
    double low = model.clearance + 0.04;
    double f = forward(x);
    int columns = 7;
    double[][][] grid = new double[2][columns][];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < columns; j++) {
        double r = half * (2.0 * j / (columns - 1) - 1);
        double bulge = 0.05 * (1 - (r / half) * (r / half));
        grid[i][j] = new double[] {r, i == 0 ? low : belt, f + sign * bulge};
      }
    }
    Material look = new CarLook(part, model, paint);
    patch(grid, (i, j) -> look);
    // Between the fascia's upper edge and the body.
    double[][][] lid = new double[2][columns][];
    for (int j = 0; j < columns; j++) {
      lid[0][j] = grid[1][j];
      lid[1][j] = new double[] {grid[1][j][0], belt + 0.02, f - sign * 0.03};
    }
    Material top = new CarLook(CarLook.Part.TOP, model, paint);
    patch(lid, (i, j) -> top);
  }

  private interface Choice {
    Material at(int i, int j);
  }

  /** A smooth surface through a grid of points (right, up, forward). */
  private void patch(double[][][] grid, Choice choice) {
    int rows = grid.length;
    int columns = grid[0].length;
    int[][] corner = new int[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double[] a = grid[Math.max(0, i - 1)][j];
        double[] b = grid[Math.min(rows - 1, i + 1)][j];
        double[] c = grid[i][Math.max(0, j - 1)];
        double[] d = grid[i][Math.min(columns - 1, j + 1)];
        double nr = (b[1] - a[1]) * (d[2] - c[2]) - (b[2] - a[2]) * (d[1] - c[1]);
        double nh = (b[2] - a[2]) * (d[0] - c[0]) - (b[0] - a[0]) * (d[2] - c[2]);
        double nf = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
        double length = Math.sqrt(nr * nr + nh * nh + nf * nf) + 1e-12;
        double[] p = grid[i][j];
        corner[i][j] =
            shape.vertex(p[0], p[1], p[2], nr / length, nh / length, nf / length, p[2], p[1], p[0]);
      }
    }
    for (int i = 0; i + 1 < rows; i++) {
      for (int j = 0; j + 1 < columns; j++) {
        shape
            .mesh()
            .quad(
                corner[i][j],
                corner[i + 1][j],
                corner[i + 1][j + 1],
                corner[i][j + 1],
                choice.at(i, j));
      }
    }
  }

  private void wheel(int side, double f, Material material) {
    double radius = model.wheelRadius;
    double outer = side * (model.width / 2 - 0.015);
    double inner = side * (model.width / 2 - 0.22);
    int sides = 16;
    double turn = travelled / radius;
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    int centre = shape.vertex(outer, radius, f, side, 0, 0, 0, 0, 0);
    int first = shape.mesh().vertices;
    for (int i = 0; i <= sides; i++) {
      double angle = 2 * StrictMath.PI * i / sides;
      double up = radius * StrictMath.sin(angle);
      double along = radius * StrictMath.cos(angle);
      shape.vertex(
          outer,
          radius + up,
          f + along,
          side,
          0,
          0,
          along * cos - up * sin,
          up * cos + along * sin,
          0);
      shape.vertex(outer, radius + up, f + along, 0, up / radius, along / radius, 9, 9, 1);
      shape.vertex(inner, radius + up, f + along, 0, up / radius, along / radius, 9, 9, 1);
    }
    for (int i = 0; i < sides; i++) {
      int at = first + 3 * i;
      shape.mesh().triangle(centre, at, at + 3, material);
      shape.mesh().quad(at + 1, at + 4, at + 5, at + 2, material);
    }
  }
}
