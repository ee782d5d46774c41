package dev.hydranet.scenes.traffic;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.vehicles.Car;
import dev.hydranet.scenes.vehicles.Lorry;

/**
 * One that takes part in moving traffic.
 *
 * @param lorry whether it is a lorry
 * @param seed its looks
 * @param usual how fast it drives on a free and straight road, metres a second
 * @param aside how far from the middle of its lane it keeps, metres
 */
record Vehicle(boolean lorry, long seed, double usual, double aside) {
  /** The camera's own car, which is never visible. */
  static Vehicle camera(double usual) {
    return new Vehicle(false, 0, usual, 0);
  }

  static Vehicle any(double usual, boolean wideLane, Dice dice) {
    return new Vehicle(
        dice.chance(0.07) && wideLane,
        dice.bits(),
        usual * dice.in(0.95, 1.05),
        dice.in(-0.1, 0.1));
  }

  /** From bumper to bumper at most, metres. */
  double length() {
    return lorry ? 9 : 5.4;
  }

  /**
   * Builds it with all its detail wherever it is, or it would change as it comes nearer.
   *
   * @param place on the road, looking where it drives
   */
  void build(Mesh mesh, Frame place, double travelled) {
    Dice dice = new Dice(seed);
    if (lorry) {
      Lorry.build(mesh, place, dice);
    } else {
      Car.build(mesh, place, 0, travelled, dice);
    }
  }
}
