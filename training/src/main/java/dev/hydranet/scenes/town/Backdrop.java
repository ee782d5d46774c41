package dev.hydranet.scenes.town;

import dev.hydranet.scenes.buildings.Building;
import dev.hydranet.scenes.buildings.BuildingPlan;
import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.geometry.Frame;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.plants.Foliage;
import dev.hydranet.scenes.plants.Plant;
import dev.hydranet.scenes.plants.Woods;
import dev.hydranet.scenes.streets.Street;

/** What closes the view: woods, hills, roofs far off. */
final class Backdrop {
  private final Mesh mesh;
  private final Foliage foliage;
  private final Street street;

  Backdrop(Mesh mesh, Foliage foliage, Street street) {
    this.mesh = mesh;
    this.foliage = foliage;
    this.street = street;
  }

  void build(Dice dice) {
    mesh.casting = false;
    if (dice.chance(0.45)) {
      ridge(street.drive + dice.in(350, 550), dice.in(8, 60), dice.split());
    }
    if (dice.chance(0.75)) {
      ridge(street.drive + dice.in(190, 300), dice.in(5, 18), dice.split());
    }
    mesh.casting = true;
    woods(dice);
    if (street.drive == 0 && dice.chance(0.22)) {
      // A house where the street ends or turns off: none may be driven through.
      Frame across = street.at(dice.in(90, 190), 0);
      BuildingPlan plan =
          new BuildingPlan(
              dice.in(14, 30), 10, 3.4, 3, 2 + dice.below(3), true, false, BuildingPlan.Roof.EAVES);
      Building.build(mesh, across, plan, false, dice.split());
    }
  }

  /** Wooded hills around: a strip that stands upright. */
  private void ridge(double distance, double height, Dice dice) {
    Material wood = new Woods(dice);
    int seed = dice.seed();
    double base = street.height(200 + street.drive);
    int before = -1;
    for (int i = -50; i <= 50; i++) {
      double angle = i * 0.032;
      double sin = StrictMath.sin(angle);
      double cos = StrictMath.cos(angle);
      double x = distance * sin;
      double z = distance * cos;
      double hill = 0.45 + 0.9 * Noise.smooth(i * 0.07f, 3, seed);
      double top = height * hill + 2.5 * Noise.at(i, 7, seed) + 3 * Noise.smooth(i * 0.6f, 9, seed);
      double along = angle * distance;
      int low = mesh.vertex(x, base - 25, z, -sin * 0.9, 0.43, -cos * 0.9, along, 0, 0);
      mesh.vertex(
          x + sin * 10, base + top, z + cos * 10, -sin * 0.8, 0.6, -cos * 0.8, along, top + 25, 0);
      if (before >= 0) {
        mesh.quad(before, low, low + 1, before + 1, wood);
      }
      before = low;
    }
  }

  /** Rows of trees behind the houses and where the street ends. */
  private void woods(Dice dice) {
    Plant plant = new Plant(mesh, foliage);
    int groups = dice.below(6) + (street.kind == Street.Kind.OUTSKIRTS ? 4 : 2);
    groups *= 1 + (int) (street.drive / 200);
    for (int g = 0; g < groups; g++) {
      double s = dice.in(30, 220 + street.drive);
      boolean across = street.drive == 0 && s > 190;
      double t = dice.sign() * (across ? dice.in(5, 40) : dice.in(25, 70));
      int trees = 3 + dice.below(8);
      double height = dice.in(8, 19);
      for (int i = 0; i < trees; i++) {
        Frame foot = street.at(s + dice.in(-15, 15), t + dice.in(-8, 8));
        plant.tree(foot.moved(0, -0.5, 0), height * dice.in(0.7, 1.2), 0.12, dice);
      }
    }
  }
}
