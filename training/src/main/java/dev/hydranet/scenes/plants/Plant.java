package dev.hydranet.scenes.plants;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.geometry.Shape;
import dev.hydranet.scenes.materials.Colour;
import dev.hydranet.scenes.materials.Material;

/** Builds trees, bushes, hedges and tufts of grass: wood as a mesh, leaves as cards. */
public final class Plant {
  private final Mesh mesh;
  private final Foliage foliage;

  public Plant(Mesh mesh, Foliage foliage) {
    this.mesh = mesh;
    this.foliage = foliage;
  }

  /** Leaves of any colour that is met from spring to autumn. */
  public static Leaves leaves(LeafMask mask, Dice dice) {
    boolean autumn = dice.chance(0.07);
    double hue = autumn ? dice.in(0.06, 0.14) : dice.in(0.155, 0.29);
    double saturation = dice.in(0.22, 0.62);
    double value = dice.in(0.3, 0.56);
    return new Leaves(
        mask,
        Colour.hsv(hue + 0.02, saturation, value * 0.5),
        Colour.hsv(hue - dice.in(0, 0.03), saturation * 0.9, value));
  }

  private static Leaves needles(Dice dice) {
    double hue = dice.in(0.25, 0.42);
    double value = dice.in(0.25, 0.42);
    return new Leaves(
        LeafMask.NEEDLES, Colour.hsv(hue, 0.5, value * 0.5), Colour.hsv(hue - 0.03, 0.45, value));
  }

  /** A tree of any kind; {@code detail} from 0 to 1 tells how many leaves it is worth. */
  public void tree(Frame foot, double height, double detail, Dice dice) {
    double kind = dice.next();
    if (kind < 0.68) {
      broad(foot, height, dice.in(0.26, 0.4) * height, dice.in(0.3, 0.42), detail, dice);
    } else if (kind < 0.82) {
      broad(foot, height * 1.1, dice.in(0.13, 0.2) * height, dice.in(0.1, 0.25), detail, dice);
    } else {
      conifer(foot, height * 1.15, detail, dice);
    }
  }

  /** A tree as they stand in rows along streets. */
  public void streetTree(Frame foot, double height, double detail, Dice dice) {
    broad(foot, height, dice.in(0.2, 0.38) * height, dice.in(0.28, 0.45), detail, dice);
  }

  private Material bark(Dice dice) {
    return new Bark(Colour.hsv(dice.in(0.05, 0.12), dice.in(0.08, 0.4), dice.in(0.22, 0.5)));
  }

  /**
   * A crown of clumps over a trunk.
   *
   * @param radius of the crown, metres
   * @param bare share of the height without leaves
   */
  private void broad(
      Frame foot, double height, double radius, double bare, double detail, Dice dice) {
    Leaves kind = leaves(dice.chance(0.6) ? LeafMask.BROAD : LeafMask.FINE, dice);
    Shape shape = new Shape(mesh, foot);
    double trunk = Math.max(0.06, height * dice.in(0.014, 0.026));
    double leanR = 0.03 * height * dice.bell();
    double leanF = 0.03 * height * dice.bell();
    Material bark = bark(dice);
    double fork = height * (bare + 0.08);
    shape.post(
        0,
        -0.3,
        0,
        leanR * 0.4,
        fork,
        leanF * 0.4,
        trunk * 1.2,
        trunk * 0.8,
        detail > 0.5 ? 9 : 5,
        bark);
    double middle = height * (bare + 1) / 2;
    double tall = height * (1 - bare) / 2;
    Leaves leaves = kind.in(foot, leanR, middle, leanF, radius * 1.15, tall * 1.15);
    int clumps = (int) (5 + 15 * detail + dice.below(5));
    double density = dice.in(0.8, 1.15);
    for (int i = 0; i < clumps; i++) {
      // Evenly around, at random heights: no side of the crown stays bare.
      double turn = 2.39996 * i + dice.in(-0.5, 0.5);
      double up = dice.in(-0.95, 0.95);
      double out = Math.sqrt(1 - up * up) * dice.in(0.55, 0.85);
      double r = leanR + radius * out * StrictMath.cos(turn);
      double f = leanF + radius * out * StrictMath.sin(turn);
      double h = middle + tall * 0.8 * up;
      if (detail > 0.5 && i % 3 == 0) {
        shape.post(leanR * 0.4, fork - 0.2, leanF * 0.4, r, h, f, trunk * 0.5, 0.02, 4, bark);
      }
      double clumpSize = Math.min(radius, tall) * dice.in(0.38, 0.62);
      clump(
          foot,
          r,
          h,
          f,
          clumpSize,
          leanR,
          middle,
          leanF,
          radius,
          tall,
          (int) ((5 + 15 * detail) * density),
          leaves,
          dice);
    }
    core(
        foot,
        leanR,
        middle,
        leanF,
        radius * 0.55,
        tall * 0.62,
        (int) (5 + 14 * detail),
        leaves,
        dice);
  }

  /**
   * Cards about a point of a crown, the darker the deeper inside; where they are few, they are
   * larger.
   */
  private void clump(
      Frame foot,
      double r,
      double h,
      double f,
      double size,
      double crownR,
      double crownH,
      double crownF,
      double radius,
      double tall,
      int cards,
      Leaves leaves,
      Dice dice) {
    double own = dice.in(0.75, 1.2);
    for (int k = 0; k < cards; k++) {
      double a = dice.bell();
      double b = dice.bell();
      double c = dice.bell();
      double length = Math.sqrt(a * a + b * b + c * c) + 1e-6;
      double far = size * dice.in(0.45, 1);
      a /= length;
      b /= length;
      c /= length;
      double pr = r + a * far;
      double ph = h + b * far * 0.8;
      double pf = f + c * far;
      double cr = (pr - crownR) / radius;
      double ch = (ph - crownH) / tall;
      double cf = (pf - crownF) / radius;
      double depth = Math.sqrt(cr * cr + ch * ch + cf * cf);
      double shade =
          Math.clamp(0.35 + 0.65 * depth + 0.15 * b, 0.3, 1.15) * own * dice.in(0.85, 1.15);
      add(
          foot,
          pr,
          ph,
          pf,
          size * dice.in(0.4, 0.62) * (cards < 10 ? 1.4 : 1),
          shade,
          leaves,
          dice);
    }
  }

  /** Dark leaves inside, so that the sky does not show through everywhere. */
  private void core(
      Frame foot,
      double r,
      double h,
      double f,
      double radius,
      double tall,
      int cards,
      Leaves leaves,
      Dice dice) {
    for (int k = 0; k < cards; k++) {
      double a = 0.5 * dice.bell();
      double b = 0.5 * dice.bell();
      double c = 0.5 * dice.bell();
      add(
          foot,
          r + a * radius,
          h + b * tall,
          f + c * radius,
          Math.min(radius, tall) * dice.in(0.4, 0.7),
          dice.in(0.35, 0.6),
          leaves,
          dice);
    }
  }

  /** A card of leaves that have a crown, which gives them its normals. */
  private void add(
      Frame foot,
      double r,
      double h,
      double f,
      double radius,
      double shade,
      Leaves leaves,
      Dice dice) {
    foliage.add(
        foot.worldX(r, h, f),
        foot.worldY(r, h, f),
        foot.worldZ(r, h, f),
        radius,
        dice.in(0, 6.28),
        0,
        1,
        0,
        shade,
        leaves);
  }

  private void conifer(Frame foot, double height, double detail, Dice dice) {
    double radius = height * dice.in(0.15, 0.26);
    double bare = dice.in(0.02, 0.15);
    Leaves leaves = needles(dice).in(foot, 0, height * 0.5, 0, radius, height * 0.55);
    new Shape(mesh, foot)
        .post(0, -0.3, 0, 0, height * 0.75, 0, height * 0.017, 0.03, 6, bark(dice));
    int tiers = (int) (9 + 9 * detail);
    for (int i = 0; i < tiers; i++) {
      double up = (i + 0.5) / tiers;
      double out = radius * (1 - up) + 0.15;
      double h = height * (bare + (1 - bare) * up);
      int cards = (int) Math.max(4, (6 + 16 * detail) * (1.1 - up));
      for (int k = 0; k < cards; k++) {
        double turn = dice.in(0, 6.2832);
        double far = out * Math.sqrt(dice.in(0.1, 1));
        double c = StrictMath.cos(turn);
        double s = StrictMath.sin(turn);
        add(
            foot,
            c * far,
            h - 0.35 * far + 0.2 * dice.bell(),
            s * far,
            Math.max(0.3, out * dice.in(0.32, 0.52)) * (1.6 - 0.6 * detail),
            (0.35 + 0.65 * far / out) * dice.in(0.8, 1.15),
            leaves,
            dice);
      }
    }
  }

  /** A bush, metres across and high. */
  public void bush(
      Frame foot, double width, double height, double detail, Leaves leaves, Dice dice) {
    Leaves crown = leaves.in(foot, 0, height * 0.4, 0, width * 0.6, height * 0.65);
    int cards = (int) (10 + 40 * detail);
    for (int k = 0; k < cards; k++) {
      double turn = dice.in(0, 6.2832);
      double up = dice.in(-0.3, 1);
      double out = Math.sqrt(1 - up * up * 0.9) * Math.sqrt(dice.in(0.2, 1));
      double a = out * StrictMath.cos(turn);
      double c = out * StrictMath.sin(turn);
      double size = Math.min(width, height) * dice.in(0.2, 0.32);
      add(
          foot,
          a * width / 2,
          Math.max(0.1, (0.35 + 0.55 * up) * height),
          c * width / 2,
          size,
          (0.45 + 0.4 * Math.max(up, out * 0.7)) * dice.in(0.8, 1.2),
          crown,
          dice);
    }
  }

  /**
   * A clipped hedge between two places at its foot: a body of leaves, and loose ones all over it.
   */
  public void hedge(
      Frame from, Frame to, double height, double thick, double detail, Leaves leaves, Dice dice) {
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    double dz = to.z() - from.z();
    double length = Math.sqrt(dx * dx + dz * dz);
    double ax = dz / length * thick / 2;
    double az = -dx / length * thick / 2;
    Shape shape = new Shape(mesh, Frame.at(0, 0, 0, 0));
    Material body = new HedgeBody(leaves);
    double[][] foot = {
      {from.x() - ax, from.y(), from.z() - az}, {to.x() - ax, to.y(), to.z() - az},
      {to.x() + ax, to.y(), to.z() + az}, {from.x() + ax, from.y(), from.z() + az}
    };
    double inner = height - 0.08;
    for (int i = 0; i < 4; i++) {
      double[] a = foot[i];
      double[] b = foot[(i + 1) % 4];
      double side = i % 2 == 0 ? length : thick;
      shape.flat(
          body,
          i,
          Shape.p(a[0], a[1] - 0.2, a[2], 0, 0),
          Shape.p(b[0], b[1] - 0.2, b[2], side, 0),
          Shape.p(b[0], b[1] + inner, b[2], side, inner),
          Shape.p(a[0], a[1] + inner, a[2], 0, inner));
    }
    shape.flat(
        body,
        4,
        Shape.p(foot[0][0], foot[0][1] + inner, foot[0][2], 0, 0),
        Shape.p(foot[1][0], foot[1][1] + inner, foot[1][2], length, 0),
        Shape.p(foot[2][0], foot[2][1] + inner, foot[2][2], length, thick),
        Shape.p(foot[3][0], foot[3][1] + inner, foot[3][2], 0, thick));
    double spacing = 0.16 + 0.5 * (1 - detail);
    int cards = (int) (length * (height * 2 + thick) / (spacing * spacing) * 0.35);
    for (int k = 0; k < cards; k++) {
      double along = dice.next();
      double where = dice.in(0, 2 * height + thick);
      double side = where < height ? -1 : where < 2 * height ? 1 : dice.in(-1, 1);
      double up = where < height ? where : where < 2 * height ? where - height : height;
      boolean onTop = where >= 2 * height;
      double nx = onTop ? 0 : side * ax * 2 / thick;
      double nz = onTop ? 0 : side * az * 2 / thick;
      foliage.add(
          from.x() + along * dx + side * ax,
          from.y() + along * dy + up - 0.05,
          from.z() + along * dz + side * az,
          spacing * dice.in(0.7, 1.2),
          dice.in(0, 6.28),
          nx,
          onTop ? 1 : 0,
          nz,
          (0.5 + 0.5 * up / height) * dice.in(0.75, 1.15),
          leaves);
    }
  }
}
