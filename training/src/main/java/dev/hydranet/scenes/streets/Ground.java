package dev.hydranet.scenes.streets;

import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.geometry.Shape;
import dev.hydranet.scenes.materials.Material;
import java.util.TreeSet;

/** Road, kerbs, verges, pavements, yards, and the land behind them. */
public final class Ground {
  /** How far the strips along the street reach, metres from the centre line. */
  private static final double REACH = 45;

  /** The lines between the strips of one side, from the centre line outwards. */
  private static final int EDGES = 8;

  private final Mesh mesh;
  private final Street street;
  private final Pavings pavings;

  public Ground(Mesh mesh, Street street, Pavings pavings) {
    this.mesh = mesh;
    this.street = street;
    this.pavings = pavings;
  }

  public void build() {
    mesh.casting = false;
    for (int sign = -1; sign <= 1; sign += 2) {
      strips(street.side(sign));
    }
    land();
    mesh.casting = true;
  }

  private void strips(Street.Side side) {
    TreeSet<Double> rows = new TreeSet<>();
    for (double s = -12; s < 280 + street.drive; s += spacing(street.distance(s))) {
      rows.add(s);
    }
    for (Street.Junction j : street.junctions) {
      if (j.opens(side.sign())) {
        for (int way = -1; way <= 1; way += 2) {
          double edge = j.s() + way * j.half();
          for (int i = 0; i <= 6; i++) {
            rows.add(edge + way * j.radius() * i * i / 36);
          }
          rows.add(edge + way * (side.pavement() + 0.5));
        }
      }
    }
    double before = Double.NaN;
    boolean openBefore = false;
    for (double s : rows) {
      if (!Double.isNaN(before)) {
        boolean open = street.inJunction((s + before) / 2, side.sign(), 0);
        cells(side, before, s, open);
        if (open != openBefore) {
          cut(side, before);
        }
        openBefore = open;
      }
      before = s;
    }
  }

  private static double spacing(double distance) {
    return distance < 40 ? 1.5 : distance < 100 ? 3 : 6;
  }

  /** How much the kerb stands back at a junction's corner. */
  private double corner(Street.Side side, double s) {
    for (Street.Junction j : street.junctions) {
      double into = j.half() + j.radius() - Math.abs(s - j.s());
      if (j.opens(side.sign()) && into > 0) {
        into = Math.min(into, j.radius());
        return j.radius() - Math.sqrt(j.radius() * j.radius() - into * into);
      }
    }
    return 0;
  }

  private double[] edges(Street.Side side, double s) {
    double kerb = side.kerb() + corner(side, s);
    double stone = kerb + Street.KERBSTONE;
    double verge = Math.max(stone, side.kerb() + Street.KERBSTONE + side.verge());
    double walk = Math.max(verge, side.walkEnd());
    double yard = Math.max(walk, side.facade() + 0.5);
    return new double[] {0, kerb, kerb, stone, verge, walk, yard, Math.max(REACH, yard + 1)};
  }

  private void cells(Street.Side side, double s0, double s1, boolean open) {
    double mid = (s0 + s1) / 2;
    boolean beside = street.inJunction(mid, side.sign(), side.pavement() + 0.5);
    Material[] made = {
      pavings.road(),
      pavings.kerb(),
      pavings.kerb(),
      pavings.verge(),
      pavings.pavement(),
      beside ? pavings.pavement() : pavings.yard(side.sign()),
      beside ? pavings.pavement() : pavings.back()
    };
    double[] near = edges(side, s0);
    double[] far = edges(side, s1);
    int[] nearRow = row(side, s0, near, open);
    int[] farRow = row(side, s1, far, open);
    for (int i = 0; i + 1 < EDGES; i++) {
      if (near[i + 1] > near[i] || far[i + 1] > far[i] || (i == 1 && !open)) {
        mesh.quad(
            nearRow[2 * i],
            nearRow[2 * i + 1],
            farRow[2 * i + 1],
            farRow[2 * i],
            open ? pavings.road() : made[i]);
      }
    }
  }

  /** The corners of a row of strips, two for each strip. */
  private int[] row(Street.Side side, double s, double[] edges, boolean open) {
    Frame frame = street.at(s, 0).climbing(street.slope(s));
    int[] corners = new int[2 * EDGES];
    for (int i = 0; i + 1 < EDGES; i++) {
      for (int end = 0; end < 2; end++) {
        double t = side.sign() * edges[i + end];
        double up = open || i + end < 2 ? 0 : street.kerbHeight;
        boolean face = i == 1 && !open;
        corners[2 * i + end] =
            mesh.vertex(
                frame.worldX(t, up, 0),
                frame.worldY(t, up, 0),
                frame.worldZ(t, up, 0),
                face ? frame.rx() : frame.ux(),
                face ? frame.ry() : frame.uy(),
                face ? frame.rz() : frame.uz(),
                s,
                t,
                face ? 1 : 0);
      }
    }
    return corners;
  }

  /** The kerb along a joining street's mouth. */
  private void cut(Street.Side side, double s) {
    double[] edges = edges(side, s);
    Shape shape = new Shape(mesh, street.at(s, 0));
    double a = side.sign() * edges[1];
    double b = side.sign() * edges[EDGES - 1];
    double h = street.kerbHeight;
    shape.flat(
        pavings.kerb(),
        1,
        Shape.p(a, 0, 0, s, a),
        Shape.p(b, 0, 0, s, b),
        Shape.p(b, h, 0, s, b),
        Shape.p(a, h, 0, s, a));
  }

  /** The land to the horizon, below everything along the street. */
  private void land() {
    int columns = 21;
    int rows = 16 + (int) (street.drive / 40);
    double size = 40;
    int[] corner = new int[columns * rows];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        double x = (i - columns / 2) * size;
        double z = (j - 1) * size;
        double lowest = 1e9;
        double nearest = 1e18;
        double nearestY = 0;
        for (double s = -20; s < 290 + street.drive; s += 6) {
          Frame f = street.at(s, 0);
          double distance = (f.x() - x) * (f.x() - x) + (f.z() - z) * (f.z() - z);
          if (distance < 100 * 100) {
            lowest = Math.min(lowest, f.y());
          }
          if (distance < nearest) {
            nearest = distance;
            nearestY = f.y();
          }
        }
        corner[j * columns + i] =
            mesh.vertex(x, Math.min(lowest, nearestY) - 0.5, z, 0, 1, 0, x, z, 0);
      }
    }
    for (int j = 0; j + 1 < rows; j++) {
      for (int i = 0; i + 1 < columns; i++) {
        int at = j * columns + i;
        mesh.quad(
            corner[at],
            corner[at + 1],
            corner[at + columns + 1],
            corner[at + columns],
            pavings.back());
      }
    }
  }
}
