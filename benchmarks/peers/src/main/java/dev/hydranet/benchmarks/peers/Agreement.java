package dev.hydranet.benchmarks.peers;

import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import java.util.Map;

/**
 * How far a runtime's outputs are from this engine's.
 *
 * @param error the largest difference over the largest magnitude
 * @param right whether it is within tolerance
 */
record Agreement(double error, boolean right) {
  /**
   * Compares outputs.
   *
   * @param tolerances of each output, by name
   */
  static Agreement of(
      Map<String, Tensor> theirs, Map<String, Tensor> ours, Map<String, Double> tolerances) {
    double error = 0;
    boolean right = true;
    for (Map.Entry<String, Double> tolerance : tolerances.entrySet()) {
      String name = tolerance.getKey();
      double one = Difference.between(theirs.get(name), ours.get(name)).maxRelative();
      error = Math.max(error, one);
      // Each may be off by the tolerance, in opposite directions.
      right &= one <= 2 * tolerance.getValue();
    }
    return new Agreement(error, right);
  }

  /** For tables. */
  @Override
  public String toString() {
    return String.format("%.0e", error) + (right ? "" : " WRONG");
  }
}
