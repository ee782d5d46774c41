package dev.hydranet.engine.run;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Steps that belong together, and another way to compute the same where sizes make that worthwhile.
 *
 * @param separate one kernel after the other
 * @param together the same in fewer passes over memory
 * @param worthwhile whether it is, for the shapes of the graph's values
 */
public record StepGroup(
    List<Step> separate, List<Step> together, Predicate<Map<String, Shape>> worthwhile) {
  /** Steps that are always computed in the same way. */
  public static StepGroup of(Step... steps) {
    return new StepGroup(List.of(steps), List.of(), shapes -> false);
  }

  /** The steps for values of the given shapes. */
  public List<Step> steps(Map<String, Shape> shapes) {
    return worthwhile.test(shapes) ? together : separate;
  }
}
