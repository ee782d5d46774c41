package dev.hydranet.engine.kernel.choice;

import dev.hydranet.engine.text.OneLine;
import java.util.List;
import java.util.OptionalInt;

/** The option that chooses the width of vectors: {@code -Ddev.hydranet.vectorBits=256}. */
public final class VectorBits {
  /** The system property. */
  public static final String OPTION = "dev.hydranet.vectorBits";

  private static final List<String> VALID = List.of("0", "128", "256", "512");

  private VectorBits() {}

  /**
   * The width that was asked for, 0 for scalar kernels; empty if the option is not set or empty.
   *
   * @throws IllegalArgumentException if it is not a valid width
   */
  public static OptionalInt requested() {
    String value = System.getProperty(OPTION, "");
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!VALID.contains(value)) {
      throw new IllegalArgumentException(
          OPTION
              + ": expected one of "
              + String.join(", ", VALID)
              + "; found '"
              + OneLine.of(value)
              + "'");
    }
    return OptionalInt.of(Integer.parseInt(value));
  }
}
