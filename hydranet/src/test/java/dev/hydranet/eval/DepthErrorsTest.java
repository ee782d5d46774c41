package dev.hydranet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class DepthErrorsTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void byHand() {
    // Twice as far, half as far, and right; a pixel whose depth nobody knows.
    DepthErrors errors = of(new float[] {2, 8, 5, 0}, new float[] {4, 4, 5, 70});
    assertThat(errors.pixels()).isEqualTo(3);
    assertThat(errors.rmse()).isCloseTo(Math.sqrt((4 + 16) / 3.0), ROUNDING);
    assertThat(errors.rmseLog()).isCloseTo(Math.log(2) * Math.sqrt(2 / 3.0), ROUNDING);
    assertThat(errors.absRel()).isCloseTo((1 + 0.5) / 3, ROUNDING);
    assertThat(errors.within(1)).isCloseTo(1 / 3.0, ROUNDING);
    assertThat(errors.within(3)).isCloseTo(1 / 3.0, ROUNDING); // 1.25^3 is 1.95
  }

  /** Both ways, and at the limit not within it. */
  @Test
  void looksAtRatiosAgainstPowers() {
    DepthErrors errors =
        of(
            new float[] {64, 64, 64, 64, 64, 80, 100},
            new float[] {79, 80, 99, 100, 124, 64, 80.5f});
    assertThat(errors.within(1)).isEqualTo(2 / 7.0); // 79/64, 100/80.5
    assertThat(errors.within(2)).isEqualTo(5 / 7.0); // and the two of exactly 1.25, and 99/64
    assertThat(errors.within(3)).isEqualTo(1);
  }

  @Test
  void lessThanAMillimetreCountsAsOne() {
    DepthErrors errors = of(new float[] {1}, new float[] {0});
    assertThat(errors.rmseLog()).isCloseTo(Math.log(1000), ROUNDING);
    assertThat(errors.absRel()).isCloseTo(0.999, ROUNDING);
    assertThat(errors.within(3)).isZero();
  }

  @Test
  void clipsNothingThatIsFar() {
    DepthErrors errors = of(new float[] {200}, new float[] {300});
    assertThat(errors.pixels()).isEqualTo(1);
    assertThat(errors.rmse()).isEqualTo(100);
  }

  @Test
  void unknownDepthsDoNotCount() {
    float[] unknown = {0, -1, Float.NaN, Float.POSITIVE_INFINITY};
    DepthErrors errors = of(unknown, new float[4]);
    assertThat(errors.pixels()).isZero();
    assertThat(errors.rmse()).isNaN();
    assertThat(errors.within(1)).isNaN();
  }

  @Test
  void isNaNWhereThePredictionIs() {
    DepthErrors errors = of(new float[] {1, 1}, new float[] {Float.NaN, 1});
    assertThat(errors.rmse()).isNaN();
    assertThat(errors.rmseLog()).isNaN();
    assertThat(errors.absRel()).isNaN();
    assertThat(errors.within(1)).isEqualTo(0.5);
  }

  @Test
  void poolsTheImages() {
    DepthErrors one = of(new float[] {10, 20}, new float[] {12, 19});
    one.addAll(of(new float[] {40}, new float[] {90}));
    DepthErrors whole = of(new float[] {10, 20, 40}, new float[] {12, 19, 90});
    assertThat(one.pixels()).isEqualTo(3);
    assertThat(one.rmse()).isCloseTo(whole.rmse(), ROUNDING);
    assertThat(one.rmseLog()).isCloseTo(whole.rmseLog(), ROUNDING);
    assertThat(one.absRel()).isCloseTo(whole.absRel(), ROUNDING);
    assertThat(one.within(1)).isEqualTo(whole.within(1)).isEqualTo(2 / 3.0);
  }

  @Test
  void refusesOtherLengthsAndPowers() {
    assertThatThrownBy(() -> of(new float[2], new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    DepthErrors errors = new DepthErrors();
    assertThatThrownBy(() -> errors.within(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> errors.within(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static DepthErrors of(float[] truth, float[] predicted) {
    DepthErrors errors = new DepthErrors();
    errors.add(truth, predicted);
    return errors;
  }
}
