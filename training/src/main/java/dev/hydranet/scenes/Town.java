package dev.hydranet.scenes;

/** Builds everything along a street. */
final class Town {
  private Town() {}

  static void build(Scene scene, Street street, Dice dice) {
    new Ground(scene.mesh, street, new Pavings(street, dice.split())).build();
    for (int sign = -1; sign <= 1; sign += 2) {
      Street.Side side = street.side(sign);
      for (double s = -6; s < 170; ) {
        double width = dice.in(8, 18);
        if (!street.inJunction(s + width / 2, sign, width / 2 + side.pavement())) {
          Frame plot =
              street.at(s + width / 2, sign * side.facade()).moved(0, street.kerbHeight, 0);
          double deep = dice.in(8, 12);
          new Shape(scene.mesh, plot)
              .box(
                  sign < 0 ? -deep : 0,
                  sign < 0 ? 0 : deep,
                  -1,
                  dice.in(5, 13),
                  -width / 2,
                  width / 2,
                  new Plain(
                      Label.BUILDING, Colour.hsv(dice.next(), 0.2, dice.in(0.5, 0.9)), 0, 0.3));
        }
        s += width + (dice.chance(0.5) ? 0 : dice.in(2, 8));
      }
      for (double s = dice.in(3, 10); s < 150; s += dice.in(5, 20)) {
        if (street.inJunction(s, sign, 6)) {
          continue;
        }
        Frame place = street.at(s, sign * (side.kerb() - 1)).climbing(street.slope(s));
        Shape car = new Shape(scene.mesh, place);
        Material paint =
            new Plain(
                Label.CAR, Colour.hsv(dice.next(), dice.in(0, 0.8), dice.in(0.1, 0.9)), 0.04, 0);
        car.box(-0.85, 0.85, 0.3, 0.9, -2.1, 2.1, paint);
        car.box(-0.75, 0.75, 0.9, 1.45, -1.8, 0.8, paint);
      }
      for (double s = dice.in(5, 20); s < 160; s += dice.in(8, 30)) {
        Leaves leaves =
            new Leaves(
                dice.chance(0.5) ? LeafMask.BROAD : LeafMask.FINE,
                Colour.hsv(dice.in(0.2, 0.33), 0.6, 0.25),
                Colour.hsv(dice.in(0.18, 0.3), 0.6, 0.5));
        Frame place = street.at(s, sign * (side.walkEnd() + dice.in(-1, 3)));
        double height = dice.in(5, 11);
        new Shape(scene.mesh, place)
            .post(
                0,
                0,
                0,
                0,
                height * 0.6,
                0,
                0.2,
                0.1,
                7,
                new Plain(Label.VEGETATION, Colour.hsv(0.08, 0.3, 0.35), 0, 0.5));
        for (int i = 0; i < 160; i++) {
          double a = dice.bell() * 0.5;
          double b = dice.bell() * 0.5;
          double c = dice.bell() * 0.5;
          double size = height * 0.33;
          double length = Math.sqrt(a * a + b * b + c * c) + 0.01;
          scene.foliage.add(
              place.worldX(a * size, height * 0.68 + b * size, c * size),
              place.worldY(a * size, height * 0.68 + b * size, c * size),
              place.worldZ(a * size, height * 0.68 + b * size, c * size),
              dice.in(0.4, 0.9),
              dice.in(0, 6.28),
              a / length,
              b / length,
              c / length,
              Math.min(1.1, 0.4 + 0.6 * length),
              leaves);
        }
      }
    }
  }
}
