package dev.hydranet.scenes.streets;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * The course and the cross-section of a street. Places on it are given by s, metres along its
 * centre line from the camera, and t, metres to the right of the centre line.
 */
public final class Street {
  private static final int START = -40;

  /** How far a street goes on where the drive ends, metres. */
  private static final int BEYOND = 300;

  /** What a street runs through. */
  public enum Kind {
    OLD_TOWN,
    SUBURB,
    AVENUE,
    OUTSKIRTS,
    COMMERCIAL
  }

  /**
   * One side of the street, from its kerb outwards, metres.
   *
   * @param sign 1 for the right, -1 for the left
   * @param kerb from the centre line to the kerb
   * @param parking how much of that is for parking
   * @param verge grass or trees between kerb and pavement
   * @param pavement width
   * @param yard from the pavement to the buildings
   */
  public record Side(
      int sign, double kerb, double parking, double verge, double pavement, double yard) {
    /** From the centre line to the end of the pavement. */
    public double walkEnd() {
      return kerb + KERBSTONE + verge + pavement;
    }

    /** From the centre line to the buildings. */
    public double facade() {
      return walkEnd() + yard;
    }
  }

  /** A street that joins. */
  public record Junction(double s, double half, boolean left, boolean right, double radius) {
    public boolean opens(int sign) {
      return sign < 0 ? left : right;
    }
  }

  public static final double KERBSTONE = 0.18;

  public final Kind kind;
  public final double laneWidth;
  public final int lanes;
  final double kerbHeight;
  public final boolean oneWay;
  public final Side left;
  public final Side right;
  public final List<Junction> junctions = new ArrayList<>();

  /** How far the camera drives from s = 0, metres. */
  public final double drive;

  private final double laneCentre;
  private final double[] x;
  private final double[] y;
  private final double[] z;
  private final double[] heading;

  /**
   * Any street.
   *
   * @param drive how far the camera is to drive along it, metres; 0 for a picture
   */
  public Street(double drive, Dice dice) {
    this.drive = drive;
    int nodes = BEYOND - START + 1 + (int) drive;
    x = new double[nodes];
    y = new double[nodes];
    z = new double[nodes];
    heading = new double[nodes];
    double k = dice.next();
    kind =
        k < 0.26
            ? Kind.OLD_TOWN
            : k < 0.58
                ? Kind.SUBURB
                : k < 0.76 ? Kind.AVENUE : k < 0.92 ? Kind.OUTSKIRTS : Kind.COMMERCIAL;
    lanes = kind == Kind.AVENUE && dice.chance(0.45) ? 2 : 1;
    laneWidth =
        kind == Kind.OLD_TOWN || kind == Kind.SUBURB ? dice.in(2.5, 3.1) : dice.in(2.9, 3.6);
    kerbHeight = dice.in(0.07, 0.16);
    oneWay = kind == Kind.OLD_TOWN && dice.chance(0.4);
    left = side(-1, dice);
    right = side(1, dice);
    double offset =
        oneWay
            ? 0.2 * dice.bell()
            : (lanes - 0.5) * laneWidth
                - (lanes == 2 && dice.chance(0.5) ? laneWidth : 0)
                + 0.25 * dice.bell();
    laneCentre = kind == Kind.SUBURB && dice.chance(0.4) ? offset * 0.5 : offset;
    course(dice);
    double s = dice.in(12, 75);
    while (s < 230 + drive && dice.chance(kind == Kind.OUTSKIRTS ? 0.5 : 0.8)) {
      boolean both = dice.chance(0.4);
      boolean first = dice.chance(0.5);
      junctions.add(
          new Junction(s, dice.in(2.6, 4.5), both || first, both || !first, dice.in(2, 6)));
      s += dice.in(45, 130);
    }
  }

  private Side side(int sign, Dice dice) {
    double parking =
        switch (kind) {
          case OLD_TOWN -> dice.chance(0.7) ? dice.in(1.9, 2.3) : 0;
          case SUBURB -> dice.chance(0.55) ? dice.in(1.8, 2.2) : 0;
          case AVENUE -> dice.chance(0.6) ? dice.in(2, 2.4) : 0;
          case OUTSKIRTS -> 0;
          case COMMERCIAL -> dice.chance(0.3) ? dice.in(2, 2.4) : 0;
        };
    double edge = oneWay ? laneWidth * 0.6 + 0.3 : lanes * laneWidth + dice.in(0.1, 0.5);
    double verge =
        switch (kind) {
          case OLD_TOWN -> 0;
          case SUBURB -> dice.chance(0.25) ? dice.in(0.8, 2.5) : 0;
          case AVENUE -> dice.chance(0.6) ? dice.in(1.2, 4) : 0;
          case OUTSKIRTS -> dice.in(1.5, 6);
          case COMMERCIAL -> dice.chance(0.4) ? dice.in(1, 4) : 0;
        };
    double pavement =
        switch (kind) {
          case OLD_TOWN -> dice.in(1.3, 3);
          case SUBURB -> dice.chance(0.93) ? dice.in(1.3, 2.4) : 0;
          case AVENUE -> dice.in(2, 4.5);
          case OUTSKIRTS -> dice.chance(0.45) ? dice.in(1.5, 2.5) : 0;
          case COMMERCIAL -> dice.in(1.5, 3.5);
        };
    double yard =
        switch (kind) {
          case OLD_TOWN -> dice.chance(0.75) ? 0 : dice.in(1, 3);
          case SUBURB -> dice.in(2, 8);
          case AVENUE -> dice.chance(0.5) ? dice.in(0, 2) : dice.in(3, 9);
          case OUTSKIRTS -> dice.in(5, 15);
          case COMMERCIAL -> dice.in(2, 15);
        };
    return new Side(sign, edge + parking, parking, verge, pavement, yard);
  }

  /** The centre line: straight or bending, level or over hills. */
  private void course(Dice dice) {
    double first = dice.chance(0.55) ? 0 : 0.006 * Math.clamp(dice.bell(), -1.6, 1.6);
    // However long the street, it must not run into itself.
    first *= BEYOND / (BEYOND + drive);
    double bend = dice.chance(0.5) ? 0 : dice.sign() * dice.in(0.003, 0.012);
    double bendStart = dice.in(15, 110);
    double bendLength = dice.in(25, 100);
    double slope = 0.018 * dice.bell();
    double wave = dice.chance(0.6) ? 0.02 * dice.bell() : 0;
    double waveLength = dice.in(90, 260);
    double phase = dice.in(0, 6.28);
    int zero = -START;
    for (int direction = -1; direction <= 1; direction += 2) {
      for (int i = zero + direction; i >= 0 && i < x.length; i += direction) {
        double s = i + START - 0.5 * direction;
        double into =
            Math.clamp((s - bendStart) / 12, 0.0, 1.0)
                * Math.clamp((bendStart + bendLength - s) / 12, 0.0, 1.0);
        double curvature = first + bend * into;
        int from = i - direction;
        double h = heading[from] + 0.5 * direction * curvature;
        heading[i] = heading[from] + direction * curvature;
        x[i] = x[from] + direction * StrictMath.sin(h);
        z[i] = z[from] + direction * StrictMath.cos(h);
        double climb =
            slope * Math.clamp(1.5 - Math.abs(s) / 150, 0.0, 1.0)
                + wave * StrictMath.sin(6.2832 * s / waveLength + phase);
        y[i] = y[from] + direction * climb;
      }
    }
  }

  public Side side(int sign) {
    return sign < 0 ? left : right;
  }

  /** Where the camera's car stands, looking along the street. */
  public Frame lane() {
    return at(0, laneCentre).climbing(slope(0));
  }

  /** A place at the height of the road, upright, looking along the street. */
  public Frame at(double s, double t) {
    double h = along(heading, s);
    return Frame.at(along(x, s), along(y, s), along(z, s), h).moved(t, 0, 0);
  }

  /** The curvature at s, one over the radius in metres; positive to the right. */
  public double curvature(double s) {
    return (along(heading, s + 2) - along(heading, s - 2)) / 4;
  }

  /** How far s is from the nearest place that the camera comes to, metres. */
  public double distance(double s) {
    return Math.max(-s, Math.max(0, s - drive));
  }

  /** Where the street ends, metres from where the camera starts. */
  public double end() {
    return BEYOND + drive;
  }

  /** How much the street climbs per metre. */
  public double slope(double s) {
    return along(y, s + 0.5) - along(y, s - 0.5);
  }

  public double height(double s) {
    return along(y, s);
  }

  /** The height above the road of what is t metres to the right of the centre line. */
  public double raised(double s, double t) {
    Side side = side(t < 0 ? -1 : 1);
    return Math.abs(t) < side.kerb() || inJunction(s, side.sign(), 0) ? 0 : kerbHeight;
  }

  /** Whether s is in a junction on that side, or less than {@code margin} from one. */
  public boolean inJunction(double s, int sign, double margin) {
    for (Junction j : junctions) {
      if (j.opens(sign) && Math.abs(s - j.s) < j.half + margin) {
        return true;
      }
    }
    return false;
  }

  private static double along(double[] values, double s) {
    double at = Math.clamp(s - START, 0.0, values.length - 1.001);
    int i = (int) at;
    return values[i] + (at - i) * (values[i + 1] - values[i]);
  }
}
