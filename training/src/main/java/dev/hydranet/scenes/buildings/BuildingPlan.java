package dev.hydranet.scenes.buildings;

/**
 * The measures of a building, metres.
 *
 * @param ground height of the ground floor
 * @param storey height of each other floor
 * @param storeys including the ground floor
 * @param detached whether its sides are seen
 */
public record BuildingPlan(
    double width,
    double depth,
    double ground,
    double storey,
    int storeys,
    boolean detached,
    boolean shop,
    Roof roof) {

  public enum Roof {
    /** The ridge runs along the street. */
    EAVES,
    /** The ridge runs away from the street. */
    GABLE,
    HIP,
    MANSARD,
    FLAT
  }

  double wallHeight() {
    return ground + (storeys - 1) * storey;
  }
}
