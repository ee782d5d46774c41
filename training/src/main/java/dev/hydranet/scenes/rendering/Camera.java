package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;

/**
 * A pinhole camera. Its own coordinates are x to the right, y down, z forward; continuous pixel
 * coordinates start at the image's upper left corner, so that the first pixel's centre is at (0.5,
 * 0.5).
 */
public final class Camera {
  /**
   * KITTI's focal length over its image's height, its horizon's place in that, and its width over
   * its height.
   */
  private static final double FOCAL = 721.5 / 375;

  private static final double CENTRE = 172.9 / 375;
  private static final double ASPECT = 1242.0 / 375;

  /** Focal length, pixels. */
  public final double focal;

  /** Where the optical axis meets the image, pixels from its left edge. */
  public final double centreX;

  /** The same from its upper edge. */
  public final double centreY;

  /** Place in the world. */
  public final double x;

  public final double y;
  public final double z;

  /** The camera's axes in the world, row by row: right, down, forward. */
  public final double[] axes;

  private Camera(double focal, double centreX, double centreY, Frame place) {
    this.focal = focal;
    this.centreX = centreX;
    this.centreY = centreY;
    x = place.x();
    y = place.y();
    z = place.z();
    axes =
        new double[] {
          place.rx(),
          place.ry(),
          place.rz(),
          -place.ux(),
          -place.uy(),
          -place.uz(),
          place.fx(),
          place.fy(),
          place.fz()
        };
  }

  /**
   * A camera such as KITTI's on a car that stands at {@code ground}. An image less wide than
   * KITTI's is a part of it across, anywhere in it; height, pitch, roll, heading and focal length
   * vary about KITTI's.
   */
  public static Camera drive(Frame ground, int height, int width, Dice dice) {
    double focal = height * FOCAL * (1 + 0.04 * Math.clamp(dice.bell(), -2, 2));
    double spare = Math.max(0, ASPECT * height - width);
    double centreX = width / 2.0 + dice.in(-0.5, 0.5) * spare;
    double centreY = height * CENTRE;
    double pitch = 0.012 * dice.bell();
    double roll = 0.012 * dice.bell();
    Frame place =
        ground
            .moved(0, 1.65 + 0.07 * dice.bell(), 0)
            .turned(dice.chance(0.12) ? dice.in(-0.5, 0.5) : 0.03 * dice.bell())
            .climbing(pitch)
            .rolled(roll);
    return new Camera(focal, centreX, centreY, place);
  }

  /** KITTI's camera on a car that stands at {@code ground}, looking straight ahead. */
  public static Camera steady(Frame ground, int height, int width) {
    Frame place = ground.moved(0, 1.65, 0);
    return new Camera(height * FOCAL, width / 2.0, height * CENTRE, place);
  }
}
