package dev.hydranet.eval;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * A sum of numbers that does not depend on their order: nothing is rounded before the end. Scores
 * of parts of a data set can so be added in any order, as they come from several machines.
 */
final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1;

  private BigDecimal finite = BigDecimal.ZERO;
  private double others; // infinities and NaN, whose sum has no order either

  void add(double number) {
    if (Double.isFinite(number)) {
      finite = finite.add(new BigDecimal(number));
    } else {
      others += number;
    }
  }

  void addAll(ExactSum other) {
    finite = finite.add(other.finite);
    others += other.others;
  }

  /** The sum, rounded once. */
  double value() {
    return finite.doubleValue() + others;
  }
}
