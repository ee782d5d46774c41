package dev.hydranet.scenes.town;

import dev.hydranet.scenes.buildings.Building;
import dev.hydranet.scenes.buildings.BuildingPlan;
import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.plants.Foliage;
import dev.hydranet.scenes.plants.LeafMask;
import dev.hydranet.scenes.plants.Leaves;
import dev.hydranet.scenes.plants.Plant;
import dev.hydranet.scenes.streets.Ground;
import dev.hydranet.scenes.streets.Pavings;
import dev.hydranet.scenes.streets.Street;
import dev.hydranet.scenes.vehicles.Car;

/** Builds everything that stands along a street. */
public final class Town {
  private final Mesh mesh;
  private final Foliage foliage;
  private final Street street;
  private final Plant plant;
  private final Furniture furniture;

  private Town(Mesh mesh, Foliage foliage, Street street) {
    this.mesh = mesh;
    this.foliage = foliage;
    this.street = street;
    plant = new Plant(mesh, foliage);
    furniture = new Furniture(mesh);
  }

  public static void build(Mesh mesh, Foliage foliage, Street street, Dice dice) {
    new Ground(mesh, street, new Pavings(street, dice.split())).build();
    new Backdrop(mesh, foliage, street).build(dice.split());
    Town town = new Town(mesh, foliage, street);
    for (int sign = -1; sign <= 1; sign += 2) {
      Street.Side side = street.side(sign);
      town.buildings(side, dice.split());
      town.corners(side, dice.split());
      town.fronts(side, dice.split());
      town.trees(side, dice.split());
      town.parked(side, dice.split());
      town.furniture(side, dice.split());
      town.tufts(side, dice.split());
    }
  }

  /** A place beside the street, looking away from it; on what is raised by the kerb. */
  private Frame facing(Street.Side side, double s, double t) {
    return street
        .at(s, side.sign() * t)
        .moved(0, street.raised(s, side.sign() * t), 0)
        .turned(side.sign() * StrictMath.PI / 2);
  }

  private BuildingPlan plan(boolean detached, Dice dice) {
    BuildingPlan.Roof[] roofs = BuildingPlan.Roof.values();
    double width;
    int storeys;
    BuildingPlan.Roof roof;
    double depth = dice.in(8, 12);
    switch (street.kind) {
      case OLD_TOWN -> {
        width = dice.in(7, 17);
        storeys = 2 + dice.below(4);
        roof = dice.chance(0.6) ? BuildingPlan.Roof.EAVES : roofs[dice.below(5)];
      }
      case SUBURB -> {
        width = dice.in(8, 15);
        storeys = 1 + dice.below(3);
        roof = dice.chance(0.12) ? BuildingPlan.Roof.FLAT : roofs[dice.below(3)];
      }
      case AVENUE -> {
        width = dice.in(12, 28);
        storeys = 3 + dice.below(4);
        roof = dice.chance(0.4) ? BuildingPlan.Roof.FLAT : roofs[dice.below(5)];
        depth = dice.in(10, 15);
      }
      case OUTSKIRTS -> {
        width = dice.in(8, 16);
        storeys = 1 + dice.below(2);
        roof = roofs[dice.below(3)];
      }
      default -> {
        width = dice.in(15, 40);
        storeys = 1 + dice.below(3);
        roof = dice.chance(0.8) ? BuildingPlan.Roof.FLAT : BuildingPlan.Roof.GABLE;
        depth = dice.in(12, 25);
      }
    }
    boolean shop =
        switch (street.kind) {
          case OLD_TOWN -> dice.chance(0.2);
          case AVENUE -> dice.chance(0.45);
          case COMMERCIAL -> dice.chance(0.4);
          default -> false;
        };
    double storey = dice.in(2.7, 3.4) + (street.kind == Street.Kind.COMMERCIAL ? dice.in(0, 2) : 0);
    return new BuildingPlan(
        width,
        depth,
        storey + (shop ? 0.9 : dice.in(0, 0.6)),
        storey,
        storeys,
        detached,
        shop,
        roof);
  }

  private void buildings(Street.Side side, Dice dice) {
    boolean closed =
        street.kind == Street.Kind.OLD_TOWN
            ? dice.chance(0.85)
            : dice.chance(street.kind == Street.Kind.AVENUE ? 0.55 : 0.08);
    double built =
        switch (street.kind) {
          case OLD_TOWN -> 0.97;
          case SUBURB -> 0.88;
          case AVENUE -> 0.85;
          case OUTSKIRTS -> dice.in(0.1, 0.5);
          case COMMERCIAL -> 0.75;
        };
    BuildingPlan model = plan(!closed, dice);
    double s = -dice.in(8, 20);
    while (s < 190 + street.drive) {
      // Neighbours are often of one kind.
      BuildingPlan own = plan(!closed, dice);
      BuildingPlan plan =
          dice.chance(0.4)
              ? new BuildingPlan(
                  own.width(),
                  model.depth(),
                  model.ground(),
                  model.storey(),
                  model.storeys(),
                  !closed,
                  own.shop() && model.shop(),
                  model.roof())
              : own;
      double gap = closed && dice.chance(0.93) ? 0 : dice.in(2.5, 9);
      double middle = s + plan.width() / 2;
      Frame place = facing(side, middle, side.facade() + (closed ? 0 : dice.in(0, 1.5)));
      if (dice.chance(built)
          && !street.inJunction(middle, side.sign(), plan.width() / 2 + side.pavement() * 0.8)) {
        Building.build(mesh, place, plan, street.distance(s) < 70, dice.split());
        if (!closed && dice.chance(0.5)) {
          gardenTree(side, s + plan.width() + gap / 2, side.facade() + dice.in(0, 8), dice.split());
        }
      } else if (dice.chance(0.7)) {
        for (int i = 0; i < 3; i++) {
          gardenTree(
              side, s + dice.in(0, plan.width()), side.facade() + dice.in(1, 9), dice.split());
        }
      }
      s += plan.width() + gap;
    }
  }

  private void gardenTree(Street.Side side, double s, double t, Dice dice) {
    if (!street.inJunction(s, side.sign(), 3)) {
      plant.tree(facing(side, s, t), dice.in(4, 12), detail(s), dice);
    }
  }

  /** The streets that join have houses and trees, too. */
  private void corners(Street.Side side, Dice dice) {
    for (Street.Junction j : street.junctions) {
      if (!j.opens(side.sign())) {
        continue;
      }
      for (int way = -1; way <= 1; way += 2) {
        double t = side.facade() + dice.in(12, 18);
        for (int i = 0; i < 2; i++) {
          BuildingPlan plan = plan(true, dice);
          double s = j.s() + way * (j.half() + side.pavement() + 0.6 + side.yard());
          Frame place =
              street
                  .at(s, side.sign() * (t + plan.width() / 2))
                  .turned(way > 0 ? 0 : StrictMath.PI);
          if (dice.chance(0.75)) {
            Building.build(mesh, place, plan, false, dice.split());
          } else {
            plant.tree(place, dice.in(5, 12), detail(j.s()), dice.split());
          }
          t += plan.width() + dice.in(0, 6);
        }
      }
      if (dice.chance(0.5)) {
        double t = side.kerb() + dice.in(6, 20);
        Frame lane =
            street
                .at(j.s() + dice.sign() * j.half() / 2, side.sign() * t)
                .turned(dice.sign() * StrictMath.PI / 2);
        Car.build(mesh, lane, street.distance(j.s()), dice.split());
      }
    }
  }

  /** What parts the gardens from the pavement: hedges, walls, fences, bushes. */
  private void fronts(Street.Side side, Dice dice) {
    if (side.yard() < 1 && street.kind != Street.Kind.OUTSKIRTS) {
      return;
    }
    double kind = dice.next();
    double s = -4;
    while (s < 130 + street.drive) {
      double length = dice.in(5, 16);
      double t = side.walkEnd() + 0.35;
      if (dice.chance(0.25)) {
        kind = dice.next();
      }
      if (!street.inJunction(s + length / 2, side.sign(), length / 2 + side.pavement())
          && dice.chance(street.kind == Street.Kind.OUTSKIRTS ? 0.45 : 0.8)) {
        Frame from = facing(side, s, t);
        Frame to = facing(side, s + length, t);
        double detail = detail(s);
        if (kind < 0.42) {
          Leaves leaves = Plant.leaves(LeafMask.FINE, dice);
          double height = dice.in(0.6, 2.1);
          plant.hedge(
              facing(side, s, t + 0.3),
              facing(side, s + length, t + 0.3),
              height,
              dice.in(0.5, 0.9),
              detail,
              leaves,
              dice.split());
        } else if (kind < 0.85) {
          furniture.barrier(from, to, street.distance(s) < 40, dice.split());
        }
        int bushes = dice.below((int) (length / 1.5));
        for (int i = 0; i < bushes; i++) {
          double size = dice.in(0.6, 2.4);
          Frame foot =
              facing(
                  side,
                  s + dice.in(0, length),
                  t + 1 + dice.in(0, Math.max(0.2, side.yard() - 1.5)));
          plant.bush(
              foot,
              size * dice.in(0.8, 1.6),
              size,
              detail,
              Plant.leaves(dice.chance(0.5) ? LeafMask.BROAD : LeafMask.FINE, dice),
              dice.split());
        }
        if (side.yard() > 3 && dice.chance(0.5)) {
          gardenTree(side, s + dice.in(0, length), t + dice.in(1, side.yard() - 1.5), dice.split());
        }
      }
      s += length + (dice.chance(0.6) ? dice.in(0, 0.5) : dice.in(2.5, 4));
    }
  }

  /** How much is seen of what stands at s. */
  private double detail(double s) {
    return Math.clamp(1.1 - street.distance(s) / 60, 0.12, 1.0);
  }

  /** Trees in rows along the kerb. */
  private void trees(Street.Side side, Dice dice) {
    double chance =
        switch (street.kind) {
          case OLD_TOWN -> 0.12;
          case SUBURB -> 0.3;
          case AVENUE -> 0.75;
          case OUTSKIRTS -> 0.55;
          case COMMERCIAL -> 0.4;
        };
    if (!dice.chance(chance)) {
      return;
    }
    double spacing = dice.in(6, 20);
    double height = dice.in(5, 13);
    double t =
        side.verge() > 0 ? side.kerb() + Street.KERBSTONE + side.verge() / 2 : side.kerb() + 0.7;
    if (street.kind == Street.Kind.OUTSKIRTS) {
      t = side.walkEnd() + dice.in(0.5, 4);
    }
    double kind = dice.next();
    for (double s = dice.in(2, spacing);
        s < 170 + street.drive;
        s += spacing * dice.in(0.85, 1.2)) {
      if (!street.inJunction(s, side.sign(), 2.5) && dice.chance(0.85)) {
        Dice own = dice.split();
        plant.streetTree(
            facing(side, s, t),
            height * dice.in(0.8, 1.2),
            detail(s) * (kind < 0.5 ? 1 : 0.8),
            own);
      }
    }
  }

  private void parked(Street.Side side, Dice dice) {
    boolean yards = side.yard() > 5.5;
    double full = side.parking() > 0 ? dice.in(0.25, 0.95) : 0;
    for (double s = dice.in(1.5, 9); s < 140 + street.drive; s += dice.in(5.3, 6.6)) {
      if (dice.chance(full) && !street.inJunction(s, side.sign(), 6)) {
        boolean onKerb =
            side.verge() == 0 && street.kind != Street.Kind.AVENUE && dice.chance(0.06);
        double t = side.kerb() - side.parking() / 2 + 0.1 * dice.bell() + (onKerb ? 0.6 : 0);
        Frame place =
            street.at(s, side.sign() * t).climbing(street.slope(s)).turned(0.025 * dice.bell());
        boolean against =
            street.oneWay
                ? dice.chance(0.05)
                : side.sign() < 0 ? dice.chance(0.85) : dice.chance(0.08);
        Car.build(
            mesh, against ? place.turned(StrictMath.PI) : place, street.distance(s), dice.split());
      } else if (yards && dice.chance(0.12) && !street.inJunction(s, side.sign(), 6)) {
        Frame place = facing(side, s, side.walkEnd() + 2.9);
        Car.build(mesh, dice.chance(0.5) ? place : place.turned(StrictMath.PI), s, dice.split());
      }
    }
  }

  private void furniture(Street.Side side, Dice dice) {
    double t = side.kerb() + Street.KERBSTONE + 0.25;
    double spacing = dice.in(18, 35);
    double height = dice.in(4, 9);
    if (dice.chance(0.6)) {
      Dice style = dice.split();
      for (double s = dice.in(2, spacing); s < 150 + street.drive; s += spacing) {
        if (!street.inJunction(s, side.sign(), 1)) {
          Frame foot = facing(side, s, t).turned(-side.sign() * StrictMath.PI / 2);
          furniture.lamp(side.sign() > 0 ? foot : foot.turned(StrictMath.PI), height, style);
        }
      }
    }
    for (double s = dice.in(5, 30); s < 110 + street.drive; s += dice.in(10, 50)) {
      if (!street.inJunction(s, side.sign(), 0.5)) {
        Frame foot =
            facing(side, s, t + dice.in(0, 0.3))
                .turned(-side.sign() * StrictMath.PI / 2 + 0.1 * dice.bell());
        double what = dice.next();
        if (what < 0.6) {
          furniture.sign(
              side.sign() > 0 || dice.chance(0.4) ? foot : foot.turned(StrictMath.PI),
              dice.split());
        } else if (what < 0.8) {
          for (int i = 0; i < 5; i++) {
            furniture.bollard(facing(side, s + i * 1.5, t), dice.split());
          }
        } else {
          furniture.bin(facing(side, s, side.walkEnd() - 0.4), dice.split());
        }
      }
    }
    int people =
        side.pavement() > 1
            ? dice.below(
                street.kind == Street.Kind.OLD_TOWN || street.kind == Street.Kind.AVENUE ? 6 : 3)
            : 0;
    people *= 1 + (int) (street.drive / 70);
    for (int i = 0; i < people; i++) {
      furniture.person(
          facing(
              side,
              dice.in(5, 70 + street.drive),
              side.walkEnd() - side.pavement() * dice.in(0.15, 0.85)),
          dice.split());
    }
    if (street.kind != Street.Kind.AVENUE && dice.chance(0.12)) {
      double gap = dice.in(25, 40);
      double high = dice.in(6.5, 9);
      Dice style = dice.split();
      for (double s = dice.in(-20, 5); s < 150 + street.drive; s += gap) {
        furniture.wires(
            facing(side, s, side.walkEnd() + 0.2).turned(StrictMath.PI / 2),
            facing(side, s + gap, side.walkEnd() + 0.2),
            high,
            style);
      }
    }
  }

  /** Tufts of grass where the verge meets stone. */
  private void tufts(Street.Side side, Dice dice) {
    boolean grown = side.verge() > 0 || side.yard() > 1.5;
    if (!grown || dice.chance(0.4)) {
      return;
    }
    Leaves leaves = Plant.leaves(LeafMask.BLADES, dice);
    double t = side.verge() > 0 ? side.kerb() + Street.KERBSTONE : side.walkEnd();
    double wide = side.verge() > 0 ? side.verge() : 0.6;
    double tall = dice.in(0.06, 0.2);
    int tufts = 260 + (int) (8 * street.drive);
    for (int i = 0; i < tufts; i++) {
      double s = 1.5 + 22 * dice.next() * dice.next();
      if (street.drive > 0) {
        s += dice.in(0, street.drive);
      }
      double across = dice.chance(0.5) ? dice.in(0, 0.1) : dice.in(0, wide);
      if (!street.inJunction(s, side.sign(), side.pavement() + 2)) {
        double size = tall * dice.in(0.6, 1.4);
        Frame foot = facing(side, s, t + across);
        foliage.add(
            foot.x(),
            foot.y() + size * 0.8,
            foot.z(),
            size,
            0.2 * dice.bell(),
            0,
            1,
            0,
            dice.in(0.7, 1.1),
            leaves);
      }
    }
  }
}
