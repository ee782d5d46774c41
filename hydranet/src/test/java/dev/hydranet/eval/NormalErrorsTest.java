package dev.hydranet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class NormalErrorsTest {
  private static final Offset<Double> FLOAT = within(1e-5);
  private static final Offset<Double> HALF_A_BIN = within(0.000501);

  @Test
  void byHand() {
    NormalErrors errors = at(0, 10, 20, 90);
    assertThat(errors.pixels()).isEqualTo(4);
    assertThat(errors.mean()).isCloseTo(30, FLOAT);
    assertThat(errors.median()).isCloseTo(15, HALF_A_BIN);
    assertThat(errors.under(11.25)).isEqualTo(0.5);
    assertThat(errors.under(22.5)).isEqualTo(0.75);
    assertThat(errors.under(180)).isEqualTo(1);
    assertThat(at(5, 50, 6).median()).isCloseTo(6, HALF_A_BIN);
  }

  @Test
  void lengthsDoNotMatter() {
    NormalErrors errors = new NormalErrors();
    errors.add(new float[] {0, 0, -7}, new float[] {3e-20f, 0, -3e-20f});
    assertThat(errors.mean()).isCloseTo(45, FLOAT);
  }

  /** A cosine rounded to float32 would tell nothing below 0.02 degrees. */
  @Test
  void tellsSmallAngles() {
    assertThat(at(0.004).mean()).isCloseTo(0.004, within(1e-7));
    assertThat(at(0).mean()).isZero();
  }

  @Test
  void theOppositeIsHalfATurn() {
    assertThat(at(180).mean()).isCloseTo(180, FLOAT);
    assertThat(at(180).under(179)).isZero();
  }

  @Test
  void noDirectionIsHalfATurn() {
    NormalErrors errors = new NormalErrors();
    float nan = Float.NaN;
    float infinite = Float.POSITIVE_INFINITY;
    errors.add(
        new float[] {0, 0, 0, 0, 0, 0, -1, -1, -1}, // three times (0, 0, -1)
        new float[] {0, nan, infinite, 0, nan, 0, 0, nan, 0});
    assertThat(errors.pixels()).isEqualTo(3);
    assertThat(errors.mean()).isEqualTo(180);
    assertThat(errors.median()).isCloseTo(180, HALF_A_BIN);
  }

  @Test
  void unknownNormalsDoNotCount() {
    NormalErrors errors = new NormalErrors();
    errors.add(new float[] {0, 0, 0}, new float[] {0, 0, -1});
    assertThat(errors.pixels()).isZero();
    assertThat(errors.mean()).isNaN();
    assertThat(errors.median()).isNaN();
    assertThat(errors.under(30)).isNaN();
  }

  @Test
  void poolsTheImages() {
    NormalErrors errors = at(1, 2);
    errors.addAll(at(60));
    assertThat(errors.pixels()).isEqualTo(3);
    assertThat(errors.mean()).isCloseTo(21, FLOAT);
    assertThat(errors.median()).isCloseTo(2, HALF_A_BIN);
    assertThat(errors.under(30)).isEqualTo(2 / 3.0);
  }

  @Test
  void refusesOtherLengths() {
    NormalErrors errors = new NormalErrors();
    assertThatThrownBy(() -> errors.add(new float[3], new float[6]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> errors.add(new float[4], new float[4]))
        .hasMessage("expected three components a pixel, found 4 in all");
  }

  /** Truth towards the camera, predictions turned away from it by some degrees. */
  private static NormalErrors at(double... degrees) {
    int plane = degrees.length;
    float[] truth = new float[3 * plane];
    float[] predicted = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      truth[2 * plane + i] = -1;
      predicted[i] = (float) Math.sin(Math.toRadians(degrees[i]));
      predicted[2 * plane + i] = (float) -Math.cos(Math.toRadians(degrees[i]));
    }
    NormalErrors errors = new NormalErrors();
    errors.add(truth, predicted);
    return errors;
  }
}
