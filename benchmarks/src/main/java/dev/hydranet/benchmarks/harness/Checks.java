package dev.hydranet.benchmarks.harness;

import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import java.util.Map;

/** A benchmark of wrong results is worth nothing. */
public final class Checks {
  private Checks() {}

  /**
   * Compares a tensor with the reference's of the same name.
   *
   * @throws IllegalStateException if it is out of tolerance
   */
  public static void close(
      String name,
      Map<String, Tensor> actual,
      Map<String, Tensor> expected,
      Map<String, Double> tolerances) {
    double error = Difference.between(actual.get(name), expected.get(name)).maxRelative();
    if (!(error <= tolerances.get(name))) {
      throw new IllegalStateException(
          String.format(
              "%s: expected an error of at most %.2e against the reference, found %.2e",
              name, tolerances.get(name), error));
    }
  }
}
