package dev.hydranet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static ExactSum of(double... numbers) {
    ExactSum sum = new ExactSum();
    for (double number : numbers) {
      sum.add(number);
    }
    return sum;
  }

  @Test
  void theOrderDoesNotMatter() {
    assertThat(of(1e16, 1, -1e16).value()).isEqualTo(1);
    ExactSum parts = of(1, -1e16);
    parts.addAll(of(1e16));
    assertThat(parts.value()).isEqualTo(1);
    assertThat(of().value()).isZero();
  }

  @Test
  void whatIsNotFiniteStays() {
    assertThat(of(1, Double.POSITIVE_INFINITY).value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(of(1, Double.NaN, 2).value()).isNaN();
  }
}
