package dev.hydranet.engine.plan;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Steps that belong together, and another way to compute the same where sizes make that worth
 * while.
 *
 * @param separate one kernel after the other
 * @param together the same in fewer passes over memory
 * @param worthwhile whether it is, for the shapes of the graph's values
 */
record Unit(List<Step> separate, List<Step> together, Predicate<Map<String, Shape>> worthwhile) {
  /** Steps that there is no other way to compute. */
  static Unit of(Step... steps) {
    return new Unit(List.of(steps), List.of(), shapes -> false);
  }

  List<Step> steps(Map<String, Shape> shapes) {
    return worthwhile.test(shapes) ? together : separate;
  }
}
