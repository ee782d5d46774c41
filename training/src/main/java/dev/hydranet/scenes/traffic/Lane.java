package dev.hydranet.scenes.traffic;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.streets.Street;
import java.util.ArrayList;
import java.util.List;

/**
 * One lane and who drives in it, by the Intelligent Driver Model (Treiber, Hennecke, Helbing,
 * <i>Congested traffic states in empirical observations and microscopic simulations</i>, Physical
 * Review E 62, 2000): speeds change smoothly, and nobody runs into anybody.
 */
final class Lane {
  /** What drivers like: metres a second, per second, seconds, metres. */
  private static final double ACCELERATION = 1.2;

  private static final double BRAKING = 1.6;
  private static final double HEADWAY = 1.4;
  private static final double STANDSTILL = 3;

  /** Across, in bends; metres per second per second. */
  private static final double SIDEWAYS = 1.3;

  /** How far ahead bends are seen, metres. */
  private static final double SIGHT = 25;

  private static final int STEPS = 4;

  private final Street street;
  private final double t;
  private final int sign;
  private final List<Vehicle> vehicles = new ArrayList<>();
  private final List<Double> starts = new ArrayList<>();

  /** By vehicle and frame: how far along the lane, in the direction of driving. */
  private double[][] path;

  /**
   * An empty lane.
   *
   * @param t of its middle
   * @param sign 1 if it leads along the street, -1 if it leads back
   */
  Lane(Street street, double t, int sign) {
    this.street = street;
    this.t = t;
    this.sign = sign;
  }

  /** The camera's car, at the lane's beginning. */
  void add(Vehicle vehicle) {
    vehicles.add(vehicle);
    starts.add(0.0);
  }

  /** Vehicles from {@code from} to the end of the street, whichever way they go. */
  void fill(double from, double usual, Dice dice) {
    double before = from;
    while (before < street.end() - 20) {
      Vehicle vehicle = Vehicle.any(usual, street.laneWidth > 3, dice);
      double s = before + vehicle.length() / 2;
      int index = sign > 0 ? vehicles.size() : 0;
      vehicles.add(index, vehicle);
      starts.add(index, sign * s);
      before = s + vehicle.length() / 2 + dice.in(11, dice.chance(0.4) ? 18 : 60);
    }
  }

  /** Lets them drive. Vehicles are in the order of driving, the first one last. */
  void drive(int frames) {
    int count = vehicles.size();
    path = new double[count][frames];
    double[] at = new double[count];
    double[] speed = new double[count];
    for (int i = 0; i < count; i++) {
      at[i] = starts.get(i);
      speed[i] = Math.min(0.95 * vehicles.get(i).usual(), limit(at[i]));
    }
    double step = 1.0 / (MovingTraffic.RATE * STEPS);
    for (int frame = 0; frame < frames; frame++) {
      for (int i = 0; i < count; i++) {
        path[i][frame] = at[i];
      }
      for (int k = 0; k < STEPS; k++) {
        for (int i = 0; i < count; i++) {
          double gap = 1e9;
          double closing = 0;
          if (i + 1 < count) {
            double half = (vehicles.get(i).length() + vehicles.get(i + 1).length()) / 2;
            gap = at[i + 1] - at[i] - half;
            closing = speed[i] - speed[i + 1];
          }
          double wish = Math.min(vehicles.get(i).usual(), limit(at[i]));
          speed[i] = Math.max(0, speed[i] + step * acceleration(speed[i], wish, gap, closing));
        }
        for (int i = 0; i < count; i++) {
          at[i] += step * speed[i];
        }
      }
    }
  }

  private static double acceleration(double speed, double wish, double gap, double closing) {
    double free = speed / wish;
    free *= free;
    double wanted =
        STANDSTILL
            + Math.max(0, speed * (HEADWAY + closing / (2 * Math.sqrt(ACCELERATION * BRAKING))));
    double near = wanted / Math.max(0.1, gap);
    return Math.max(-3 * BRAKING, ACCELERATION * (1 - free * free - near * near));
  }

  /** How fast the bends ahead may be driven. */
  private double limit(double at) {
    double sharpest = 0;
    for (double ahead = 0; ahead <= SIGHT; ahead += 5) {
      sharpest = Math.max(sharpest, Math.abs(street.curvature(sign * (at + ahead))));
    }
    double fastest = MovingTraffic.FASTEST;
    return sharpest * fastest * fastest < SIDEWAYS ? fastest : Math.sqrt(SIDEWAYS / sharpest);
  }

  int size() {
    return vehicles.size();
  }

  Vehicle vehicle(int i) {
    return vehicles.get(i);
  }

  /** Where along the street a vehicle's middle is in a frame. */
  double at(int i, int frame) {
    return sign * path[i][frame];
  }

  /** How far it has driven until then, metres. */
  double travelled(int i, int frame) {
    return path[i][frame] - path[i][0];
  }

  /** On the road, looking where it drives. */
  Frame place(int i, int frame) {
    double s = at(i, frame);
    Frame along = street.at(s, t + sign * vehicles.get(i).aside()).climbing(street.slope(s));
    return sign > 0 ? along : along.turned(StrictMath.PI);
  }
}
