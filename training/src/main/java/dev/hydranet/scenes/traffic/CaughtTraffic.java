package dev.hydranet.scenes.traffic;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.streets.Street;
import dev.hydranet.scenes.vehicles.Car;
import dev.hydranet.scenes.vehicles.Lorry;

/** Traffic as a picture catches it: vehicles anywhere in their lanes. */
public final class CaughtTraffic {
  private CaughtTraffic() {}

  /** Cars that drive: ahead, and towards the camera. */
  public static void build(Mesh mesh, Street street, Dice dice) {
    for (int lane = 0; lane < street.lanes; lane++) {
      double t = street.oneWay ? 0 : (lane + 0.5) * street.laneWidth;
      for (double s = dice.in(8, 60); s < 170; s += dice.in(8, 70)) {
        if (dice.chance(0.5)) {
          Frame place =
              street
                  .at(s, t + 0.2 * dice.bell())
                  .climbing(street.slope(s))
                  .turned(0.02 * dice.bell());
          vehicle(mesh, place, s, dice.split());
        }
      }
      if (!street.oneWay) {
        for (double s = dice.in(4, 50); s < 170; s += dice.in(8, 70)) {
          if (dice.chance(0.55)) {
            Frame place =
                street
                    .at(s, -t + 0.2 * dice.bell())
                    .climbing(street.slope(s))
                    .turned(StrictMath.PI + 0.02 * dice.bell());
            vehicle(mesh, place, s, dice.split());
          }
        }
      }
    }
  }

  /** A car, or now and then a lorry. */
  private static void vehicle(Mesh mesh, Frame place, double distance, Dice dice) {
    if (dice.chance(0.05)) {
      Lorry.build(mesh, place, dice);
    } else {
      Car.build(mesh, place, distance, dice);
    }
  }
}
