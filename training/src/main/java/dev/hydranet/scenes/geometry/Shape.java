package dev.hydranet.scenes.geometry;

import dev.hydranet.scenes.materials.Material;

/** Builds simple solids into a mesh, in the coordinates of a frame: (right, up, forward). */
public final class Shape {
  private final Mesh mesh;
  private final Frame frame;

  public Shape(Mesh mesh, Frame frame) {
    this.mesh = mesh;
    this.frame = frame;
  }

  public Mesh mesh() {
    return mesh;
  }

  /** A vertex in the frame's coordinates, which are also its u, v, w unless told. */
  public int vertex(
      double r, double h, double f, double nr, double nh, double nf, double u, double v, double w) {
    return mesh.vertex(
        frame.worldX(r, h, f),
        frame.worldY(r, h, f),
        frame.worldZ(r, h, f),
        nr * frame.rx() + nh * frame.ux() + nf * frame.fx(),
        nr * frame.ry() + nh * frame.uy() + nf * frame.fy(),
        nr * frame.rz() + nh * frame.uz() + nf * frame.fz(),
        u,
        v,
        w);
  }

  /** A flat quadrilateral of corners {r, h, f, u, v}; w is the same all over. */
  public void flat(Material material, double w, double[]... corners) {
    double ax = corners[1][0] - corners[0][0];
    double ay = corners[1][1] - corners[0][1];
    double az = corners[1][2] - corners[0][2];
    int last = corners.length - 1;
    double bx = corners[last][0] - corners[0][0];
    double by = corners[last][1] - corners[0][1];
    double bz = corners[last][2] - corners[0][2];
    double nx = ay * bz - az * by;
    double ny = az * bx - ax * bz;
    double nz = ax * by - ay * bx;
    double length = Math.sqrt(nx * nx + ny * ny + nz * nz);
    if (length == 0) {
      return;
    }
    int first = -1;
    int previous = -1;
    for (double[] c : corners) {
      int here = vertex(c[0], c[1], c[2], nx / length, ny / length, nz / length, c[3], c[4], w);
      if (first < 0) {
        first = here;
      } else if (previous > first) {
        mesh.triangle(first, previous, here, material);
      }
      previous = here;
    }
  }

  /**
   * A box between two corners; its walls have u along them, v up; w is 0 front, 1 right, 2 back, 3
   * left, 4 top, 5 below.
   */
  public void box(
      double r0, double r1, double h0, double h1, double f0, double f1, Material material) {
    walls(r0, r1, h0, h1, f0, f1, material);
    flat(
        material,
        4,
        p(r0, h1, f0, r0, f0),
        p(r1, h1, f0, r1, f0),
        p(r1, h1, f1, r1, f1),
        p(r0, h1, f1, r0, f1));
    flat(
        material,
        5,
        p(r0, h0, f0, r0, f0),
        p(r1, h0, f0, r1, f0),
        p(r1, h0, f1, r1, f1),
        p(r0, h0, f1, r0, f1));
  }

  /** The four walls of a box. */
  public void walls(double r0, double r1, double h0, double h1, double f0, double f1, Material m) {
    double a = r1 - r0;
    double b = f1 - f0;
    flat(
        m,
        0,
        p(r0, h0, f0, 0, h0),
        p(r1, h0, f0, a, h0),
        p(r1, h1, f0, a, h1),
        p(r0, h1, f0, 0, h1));
    flat(
        m,
        1,
        p(r1, h0, f0, 0, h0),
        p(r1, h0, f1, b, h0),
        p(r1, h1, f1, b, h1),
        p(r1, h1, f0, 0, h1));
    flat(
        m,
        2,
        p(r1, h0, f1, 0, h0),
        p(r0, h0, f1, a, h0),
        p(r0, h1, f1, a, h1),
        p(r1, h1, f1, 0, h1));
    flat(
        m,
        3,
        p(r0, h0, f1, 0, h0),
        p(r0, h0, f0, b, h0),
        p(r0, h1, f0, b, h1),
        p(r0, h1, f1, 0, h1));
  }

  /** A round post from (r, h0, f) to (r1, h1, f1), tapering. */
  public void post(
      double r,
      double h0,
      double f,
      double r1,
      double h1,
      double f1,
      double radius0,
      double radius1,
      int sides,
      Material m) {
    int first = mesh.vertices;
    double length = Math.sqrt((r1 - r) * (r1 - r) + (h1 - h0) * (h1 - h0) + (f1 - f) * (f1 - f));
    // Two axes across the post.
    double dr = (r1 - r) / length;
    double dh = (h1 - h0) / length;
    double df = (f1 - f) / length;
    double ar = Math.abs(dh) > 0.5 ? 1 : 0;
    double ah = 1 - ar;
    double along = ar * dr + ah * dh;
    ar -= along * dr;
    ah -= along * dh;
    double af = -along * df;
    double size = Math.sqrt(ar * ar + ah * ah + af * af);
    ar /= size;
    ah /= size;
    af /= size;
    double br = dh * af - df * ah;
    double bh = df * ar - dr * af;
    double bf = dr * ah - dh * ar;
    for (int i = 0; i <= sides; i++) {
      double angle = 2 * StrictMath.PI * i / sides;
      double c = StrictMath.cos(angle);
      double s = StrictMath.sin(angle);
      double nr = c * ar + s * br;
      double nh = c * ah + s * bh;
      double nf = c * af + s * bf;
      double u = angle * radius0;
      vertex(r + nr * radius0, h0 + nh * radius0, f + nf * radius0, nr, nh, nf, u, 0, 0);
      vertex(r1 + nr * radius1, h1 + nh * radius1, f1 + nf * radius1, nr, nh, nf, u, length, 0);
    }
    for (int i = 0; i < sides; i++) {
      int at = first + 2 * i;
      mesh.quad(at, at + 2, at + 3, at + 1, m);
    }
  }

  /** A corner of {@link #flat}. */
  public static double[] p(double r, double h, double f, double u, double v) {
    return new double[] {r, h, f, u, v};
  }
}
