package dev.hydranet.eval;

import java.util.Objects;

/** What measures ask of the numbers that they are given. */
final class Counts {
  private Counts() {}

  /** As many predicted as true. */
  static void check(int truth, int predicted) {
    if (truth != predicted) {
      throw new IllegalArgumentException(
          "expected as many predicted values as true ones, " + truth + ", found " + predicted);
    }
  }

  static int index(int row, int column, int extent) {
    return Objects.checkIndex(row, extent) * extent + Objects.checkIndex(column, extent);
  }
}
