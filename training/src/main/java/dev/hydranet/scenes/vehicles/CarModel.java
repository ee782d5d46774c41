package dev.hydranet.scenes.vehicles;

import dev.hydranet.scenes.chance.Dice;

/**
 * The shape of a car: its outlines seen from the side and from above. Places along it are given as
 * shares of its length from the rear (0) to the front (1).
 */
final class CarModel {
  /** Body shapes, with how often one meets them. */
  enum Body {
    HATCHBACK(0.32),
    SALOON(0.17),
    ESTATE(0.2),
    SUV(0.15),
    VAN(0.16);

    private final double share;

    Body(double share) {
      this.share = share;
    }

    static Body any(Dice dice) {
      double left = dice.next();
      for (Body body : values()) {
        left -= body.share;
        if (left < 0) {
          return body;
        }
      }
      return HATCHBACK;
    }
  }

  final Body body;
  final double length;
  final double width;
  final double height;

  /** Height of the body's lower edge. */
  final double clearance;

  final double wheelRadius;
  final double rearWheel;
  final double frontWheel;

  /**
   * Where the rear window starts at the bottom and ends at the top, and where the windscreen starts
   * and ends.
   */
  final double tail, roofRear, roofFront, screen;

  /** Side pillars. */
  final double[] pillars;

  private final double[] beltAt;
  private final double[] belt;
  private final double[] roofAt;
  private final double[] roof;

  CarModel(Dice dice) {
    body = Body.any(dice);
    double v = dice.in(-1, 1);
    double bonnet = dice.in(0.9, 1.04);
    switch (body) {
      case HATCHBACK -> {
        length = 3.95 + 0.3 * v;
        width = 1.7 + 0.06 * v;
        height = 1.48 + 0.05 * dice.bell();
        tail = 0.02;
        roofRear = dice.in(0.09, 0.17);
        roofFront = 0.59;
        screen = dice.in(0.74, 0.79);
        pillars = new double[] {0.27, 0.5};
      }
      case SALOON -> {
        length = 4.6 + 0.25 * v;
        width = 1.79 + 0.06 * v;
        height = 1.44 + 0.03 * dice.bell();
        tail = dice.in(0.14, 0.19);
        roofRear = dice.in(0.29, 0.34);
        roofFront = 0.57;
        screen = dice.in(0.71, 0.75);
        pillars = new double[] {0.33, 0.5};
      }
      case ESTATE -> {
        length = 4.6 + 0.25 * v;
        width = 1.78 + 0.05 * v;
        height = 1.48 + 0.03 * dice.bell();
        tail = 0.015;
        roofRear = dice.in(0.07, 0.12);
        roofFront = 0.57;
        screen = dice.in(0.71, 0.75);
        pillars = new double[] {0.2, 0.36, 0.52};
      }
      case SUV -> {
        length = 4.45 + 0.3 * v;
        width = 1.84 + 0.07 * v;
        height = 1.7 + 0.07 * dice.bell();
        tail = 0.02;
        roofRear = dice.in(0.06, 0.13);
        roofFront = 0.6;
        screen = dice.in(0.73, 0.77);
        pillars = new double[] {0.2, 0.35, 0.53};
      }
      default -> {
        length = 4.7 + 0.5 * v;
        width = 1.86 + 0.08 * v;
        height = 1.9 + 0.12 * dice.bell();
        tail = 0.005;
        roofRear = dice.in(0.02, 0.05);
        roofFront = dice.in(0.68, 0.74);
        screen = dice.in(0.84, 0.9);
        pillars = new double[] {0.3, 0.52, 0.7};
      }
    }
    clearance = body == Body.SUV ? 0.3 : 0.22;
    wheelRadius = body == Body.SUV || body == Body.VAN ? 0.345 : dice.in(0.29, 0.325);
    rearWheel = body == Body.VAN ? 0.2 : dice.in(0.17, 0.2);
    frontWheel = dice.in(0.8, 0.83);
    double shoulder = body == Body.VAN ? 0.56 : dice.in(0.615, 0.65);
    double nose = (body == Body.VAN ? 0.53 : 0.5) * bonnet;
    double boot = body == Body.SALOON ? shoulder + 0.05 : shoulder + 0.01;
    beltAt = new double[] {0, 0.02, tail + 0.02, roofFront, screen, 0.93, 0.985, 1};
    belt =
        new double[] {
          boot - 0.16,
          boot - 0.02,
          boot + 0.015,
          shoulder,
          shoulder - 0.01,
          (shoulder + 2 * nose) / 3 + 0.02,
          nose,
          nose - 0.13
        };
    double tailTop = roofRear + 0.03;
    roofAt =
        new double[] {tail, roofRear, tailTop + 0.08, 0.45, roofFront - 0.04, roofFront, screen};
    roof =
        new double[] {
          along(beltAt, belt, tail),
          body == Body.SALOON ? 0.95 : 0.92,
          0.985,
          1,
          0.985,
          0.96,
          along(beltAt, belt, screen)
        };
  }

  /** The height of the shoulder, under the side windows: metres. */
  double belt(double x) {
    return height * along(beltAt, belt, x);
  }

  /** The height of the upper outline, metres. */
  double top(double x) {
    return x <= tail || x >= screen ? belt(x) : Math.max(belt(x), height * along(roofAt, roof, x));
  }

  /** Half the width at the shoulder, metres. */
  double half(double x) {
    double end = Math.min(x, 1 - x) * length;
    double round = end < 0.45 ? (0.45 - end) / 0.45 : 0;
    double sharp = x < 0.5 ? 0.1 : 0.17;
    return width / 2 * (1 - sharp * round * round);
  }

  /** Half the width at the upper outline, metres. */
  double halfTop(double x) {
    double rise = (top(x) - belt(x)) / (height * 0.36);
    double lean = body == Body.VAN ? 0.1 : 0.21;
    return half(x) * (0.93 - (lean - 0.07) * Math.min(1, rise));
  }

  private static double along(double[] at, double[] values, double x) {
    if (x <= at[0]) {
      return values[0];
    }
    for (int i = 1; i < at.length; i++) {
      if (x <= at[i]) {
        double t = (x - at[i - 1]) / (at[i] - at[i - 1]);
        return values[i - 1] + t * (values[i] - values[i - 1]);
      }
    }
    return values[values.length - 1];
  }
}
