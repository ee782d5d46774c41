package dev.hydranet.scenes.geometry;

/**
 * Where a thing stands: an origin in the world and three unit axes, right, up and forward. The
 * world is in metres, x to the right, y up, z the way that the road starts out.
 */
public record Frame(
    double x,
    double y,
    double z,
    double rx,
    double ry,
    double rz,
    double ux,
    double uy,
    double uz,
    double fx,
    double fy,
    double fz) {

  /** Upright, looking along {@code heading}: 0 is z, a quarter turn is x. */
  public static Frame at(double x, double y, double z, double heading) {
    double sin = StrictMath.sin(heading);
    double cos = StrictMath.cos(heading);
    return new Frame(x, y, z, cos, 0, -sin, 0, 1, 0, sin, 0, cos);
  }

  /** This frame turned about its right axis so that forward climbs by {@code slope}. */
  public Frame climbing(double slope) {
    double cos = 1 / Math.sqrt(1 + slope * slope);
    double sin = slope * cos;
    return new Frame(
        x,
        y,
        z,
        rx,
        ry,
        rz,
        ux * cos - fx * sin,
        uy * cos - fy * sin,
        uz * cos - fz * sin,
        fx * cos + ux * sin,
        fy * cos + uy * sin,
        fz * cos + uz * sin);
  }

  /** This frame turned about its up axis. */
  public Frame turned(double angle) {
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    return new Frame(
        x,
        y,
        z,
        rx * cos - fx * sin,
        ry * cos - fy * sin,
        rz * cos - fz * sin,
        ux,
        uy,
        uz,
        fx * cos + rx * sin,
        fy * cos + ry * sin,
        fz * cos + rz * sin);
  }

  /** This frame turned about its forward axis. */
  public Frame rolled(double angle) {
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    return new Frame(
        x,
        y,
        z,
        rx * cos + ux * sin,
        ry * cos + uy * sin,
        rz * cos + uz * sin,
        ux * cos - rx * sin,
        uy * cos - ry * sin,
        uz * cos - rz * sin,
        fx,
        fy,
        fz);
  }

  /** This frame moved along its own axes. */
  public Frame moved(double right, double up, double forward) {
    return new Frame(
        worldX(right, up, forward),
        worldY(right, up, forward),
        worldZ(right, up, forward),
        rx,
        ry,
        rz,
        ux,
        uy,
        uz,
        fx,
        fy,
        fz);
  }

  public double worldX(double right, double up, double forward) {
    return x + right * rx + up * ux + forward * fx;
  }

  public double worldY(double right, double up, double forward) {
    return y + right * ry + up * uy + forward * fy;
  }

  public double worldZ(double right, double up, double forward) {
    return z + right * rz + up * uz + forward * fz;
  }
}
