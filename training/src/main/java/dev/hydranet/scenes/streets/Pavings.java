package dev.hydranet.scenes.streets;

import dev.hydranet.scenes.chance.Dice;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.sample.Label;

/** The materials of the ground in one scene. */
public final class Pavings {
  private final Material road;
  private final Material kerb;
  private final Material verge;
  private final Material pavement;
  private final Material leftYard;
  private final Material rightYard;
  private final Material back;

  public Pavings(Street street, Dice dice) {
    road = new Asphalt(street, dice);
    kerb = new Stone(Label.SIDEWALK, dice);
    verge = new Grass(dice);
    pavement = new Stone(Label.SIDEWALK, dice);
    back = new Grass(dice);
    leftYard = street.left.yard() < 1.5 ? pavement : back;
    rightYard = street.right.yard() < 1.5 ? pavement : back;
  }

  Material road() {
    return road;
  }

  Material kerb() {
    return kerb;
  }

  Material verge() {
    return verge;
  }

  Material pavement() {
    return pavement;
  }

  Material yard(int sign) {
    return sign < 0 ? leftYard : rightYard;
  }

  Material back() {
    return back;
  }
}
