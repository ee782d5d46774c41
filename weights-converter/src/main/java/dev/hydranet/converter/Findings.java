package dev.hydranet.converter;

import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with the numbers of weights. They are weights all the same: NaN and infinity are
 * computed with as IEEE 754 says, do no harm but to the answers, and are reported.
 */
public final class Findings {
  private Findings() {}

  /**
   * {@return a line for each tensor that has NaN or infinite numbers, or ones that {@code dtype}
   * cannot hold, with how many; empty if all is well}
   *
   * @param weights tensors by name
   * @param dtype in which they are written
   */
  public static List<String> of(Map<String, Tensor> weights, DType dtype) {
    List<String> findings = new ArrayList<>();
    weights.forEach(
        (name, tensor) -> {
          String found = describe(tensor.data(), dtype);
          if (!found.isEmpty()) {
            findings.add(
                name + " " + tensor.shape() + ": " + found + " of " + tensor.data().length);
          }
        });
    return findings;
  }

  private static String describe(float[] numbers, DType dtype) {
    int nan = 0;
    int infinite = 0;
    int tooLarge = 0;
    for (float number : numbers) {
      if (Float.isNaN(number)) {
        nan++;
      } else if (Float.isInfinite(number)) {
        infinite++;
      } else if (dtype == DType.F16
          && Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(number)))) {
        tooLarge++;
      }
    }
    List<String> parts = new ArrayList<>();
    if (nan > 0) {
      parts.add(nan + " NaN");
    }
    if (infinite > 0) {
      parts.add(infinite + " infinite");
    }
    if (tooLarge > 0) {
      parts.add(tooLarge + " too large for " + dtype);
    }
    return String.join(", ", parts);
  }
}
