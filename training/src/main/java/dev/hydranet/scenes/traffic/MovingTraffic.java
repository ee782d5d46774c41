package dev.hydranet.scenes.traffic;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.streets.Street;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic of a film: vehicles that keep their lanes and their distances, the camera's among them.
 * Where everything is, is known for each frame beforehand; so frames can be rendered in any order.
 */
public final class MovingTraffic {
  /** Frames a second. */
  public static final int RATE = 25;

  /** Nothing drives faster, metres a second. */
  public static final double FASTEST = 11;

  /** How far behind the camera vehicles are drawn: as far as their shadows may reach, metres. */
  private static final double BEHIND = 25;

  private final Street street;
  private final List<Lane> lanes = new ArrayList<>();
  private final Lane own;

  /**
   * Traffic on a street.
   *
   * @param frames how long it drives
   */
  public MovingTraffic(Street street, int frames, Dice dice) {
    this.street = street;
    double usual =
        switch (street.kind) {
          case OLD_TOWN -> 7.5;
          case SUBURB -> 8.5;
          case AVENUE, COMMERCIAL -> 10;
          case OUTSKIRTS -> 10.5;
        };
    Lane cameras = null;
    for (int lane = 0; lane < street.lanes; lane++) {
      double t = street.oneWay ? 0 : (lane + 0.5) * street.laneWidth;
      Lane along = new Lane(street, t, 1);
      // The camera keeps to the outer lane.
      if (lane == street.lanes - 1) {
        along.add(Vehicle.camera(usual));
        cameras = along;
      }
      along.fill(
          lane == street.lanes - 1 ? dice.in(15, 26) : dice.in(-12, 20), usual, dice.split());
      lanes.add(along);
      if (!street.oneWay) {
        Lane against = new Lane(street, -t, -1);
        against.fill(dice.in(-30, 10), usual, dice.split());
        lanes.add(against);
      }
    }
    own = cameras;
    lanes.forEach(lane -> lane.drive(frames));
  }

  /** Where the camera's car stands in a frame, looking along the street. */
  public Frame camera(int frame) {
    return own.place(0, frame);
  }

  /** Builds all vehicles but the camera's as they are in a frame. */
  public void build(Mesh mesh, int frame) {
    double camera = own.at(0, frame);
    for (Lane lane : lanes) {
      for (int i = lane == own ? 1 : 0; i < lane.size(); i++) {
        double s = lane.at(i, frame);
        if (s > camera - BEHIND && s < street.end() - 10) {
          lane.vehicle(i).build(mesh, lane.place(i, frame), lane.travelled(i, frame));
        }
      }
    }
  }

  /** The lanes, for a test to look at. */
  List<Lane> lanes() {
    return lanes;
  }
}
