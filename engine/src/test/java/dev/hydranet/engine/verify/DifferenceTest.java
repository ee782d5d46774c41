package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void theLargestErrorIsMeasuredAgainstTheLargestMagnitude() {
    assertThat(between(tensor(1, -8.5f, 0.25f), tensor(1, -8, 0)))
        .isEqualTo(new Difference(0.5, 0.0625));
  }

  @Test
  void equalTensorsDoNotDiffer() {
    Tensor special = tensor(NAN, INFINITY, -INFINITY, -0f, 3);
    assertThat(between(special, tensor(NAN, INFINITY, -INFINITY, 0, 3)))
        .isEqualTo(new Difference(0, 0));
    assertThat(between(tensor(0, 0), tensor(0, 0))).isEqualTo(new Difference(0, 0));
    assertThat(between(tensor(), tensor())).isEqualTo(new Difference(0, 0));
  }

  @Test
  void aSpecialValueInTheWrongPlaceIsInfinitelyFarOff() {
    Difference infinite = new Difference(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(between(tensor(NAN, 1), tensor(0, 1))).isEqualTo(infinite);
    assertThat(between(tensor(0, 1), tensor(NAN, 1))).isEqualTo(infinite);
    assertThat(between(tensor(-INFINITY, 1), tensor(INFINITY, 1))).isEqualTo(infinite);
    assertThat(between(tensor(Float.MAX_VALUE, 1), tensor(INFINITY, 1))).isEqualTo(infinite);
    assertThat(between(tensor(NAN, 1), tensor(INFINITY, 1))).isEqualTo(infinite);
  }

  @Test
  void infinityIsNoMagnitudeToMeasureAgainst() {
    assertThat(between(tensor(INFINITY, 5), tensor(INFINITY, 4)).maxRelative()).isEqualTo(0.25);
  }

  @Test
  void anythingIsInfinitelyFarFromZerosAlone() {
    assertThat(between(tensor(0, 1e-30f), tensor(0, 0)).maxRelative())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void shapesMustBeTheSame() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> between(tensor(1, 2), tensor(1, 2, 3)))
        .withMessage("expected shape [3], found [2]");
  }

  private static Difference between(Tensor actual, Tensor expected) {
    return Difference.between(actual, expected);
  }

  private static Tensor tensor(float... data) {
    return Tensor.of(Shape.of(data.length), data);
  }
}
