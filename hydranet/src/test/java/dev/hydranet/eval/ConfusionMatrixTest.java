package dev.hydranet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ConfusionMatrixTest {
  private static final int IGNORED = ConfusionMatrix.IGNORED;

  @Test
  void byHand() {
    ConfusionMatrix matrix = new ConfusionMatrix(4);
    matrix.add(new int[] {0, 0, 0, 1, 1, IGNORED, 1}, new int[] {0, 0, 1, 1, 2, 2, 1});
    assertThat(matrix.pixels()).isEqualTo(6);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.count(1, 0)).isZero();
    assertThat(matrix.truePixels(0)).isEqualTo(3);
    assertThat(matrix.predictedPixels(0)).isEqualTo(2);
    assertThat(matrix.iou(0)).isEqualTo(2 / 3.0);
    assertThat(matrix.iou(1)).isEqualTo(2 / 4.0);
    assertThat(matrix.iou(2)).isZero(); // predicted once, never true
    assertThat(matrix.iou(3)).isNaN(); // left out of the mean
    assertThat(matrix.meanIou()).isCloseTo((2 / 3.0 + 2 / 4.0 + 0) / 3, within(1e-15));
    assertThat(matrix.pixelAccuracy()).isEqualTo(4 / 6.0);
  }

  @Test
  void whatIsRightIsOne() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.add(new int[] {2, 0, 0, 2}, new int[] {2, 0, 0, 2});
    assertThat(matrix.meanIou()).isEqualTo(1);
    assertThat(matrix.pixelAccuracy()).isEqualTo(1);
  }

  @Test
  void hasNoScoresWithoutPixels() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.add(new int[] {IGNORED}, new int[] {1});
    assertThat(matrix.pixels()).isZero();
    assertThat(matrix.pixelAccuracy()).isNaN();
    assertThat(matrix.meanIou()).isNaN();
  }

  @Test
  void poolsTheImages() {
    int[] truth = labels(1, 600);
    int[] predicted = labels(2, 600);
    ConfusionMatrix whole = new ConfusionMatrix(5);
    whole.add(truth, predicted);
    ConfusionMatrix parts = new ConfusionMatrix(5);
    for (int start = 0; start < 600; start += 150) {
      ConfusionMatrix part = new ConfusionMatrix(5);
      part.add(
          Arrays.copyOfRange(truth, start, start + 150),
          Arrays.copyOfRange(predicted, start, start + 150));
      parts.addAll(part);
    }
    assertThat(parts.pixels()).isEqualTo(600);
    assertThat(parts.meanIou()).isEqualTo(whole.meanIou());
    assertThat(parts.pixelAccuracy()).isEqualTo(whole.pixelAccuracy());
  }

  /** Neither score may tell truth and prediction apart. */
  @Test
  void isSymmetric() {
    ConfusionMatrix one = new ConfusionMatrix(5);
    one.add(labels(1, 500), labels(2, 500));
    ConfusionMatrix other = new ConfusionMatrix(5);
    other.add(labels(2, 500), labels(1, 500));
    assertThat(other.meanIou()).isEqualTo(one.meanIou());
    assertThat(other.pixelAccuracy()).isEqualTo(one.pixelAccuracy());
    assertThat(other.count(3, 1)).isEqualTo(one.count(1, 3)).isPositive();
  }

  @Test
  void countsNothingOfAnImageThatItRefuses() {
    ConfusionMatrix matrix = new ConfusionMatrix(6);
    assertThatThrownBy(() -> matrix.add(new int[] {0, 6}, new int[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected classes from 0 to 5 or 255, found 6");
    assertThatThrownBy(() -> matrix.add(new int[] {0, 1}, new int[] {0, IGNORED}))
        .hasMessage("expected classes from 0 to 5, found 255");
    assertThatThrownBy(() -> matrix.add(new int[] {0, -1}, new int[] {0, 0}))
        .hasMessageContaining("found -1");
    assertThatThrownBy(() -> matrix.add(new int[2], new int[3]))
        .hasMessage("expected as many predicted values as true ones, 2, found 3");
    assertThat(matrix.pixels()).isZero();
  }

  @Test
  void refusesOtherNumbersOfClasses() {
    assertThatThrownBy(() -> new ConfusionMatrix(256))
        .hasMessage("expected 0 to 255 classes, found 256");
    assertThatThrownBy(() -> new ConfusionMatrix(-1)).hasMessageContaining("found -1");
    ConfusionMatrix matrix = new ConfusionMatrix(6);
    ConfusionMatrix other = new ConfusionMatrix(5);
    assertThatThrownBy(() -> matrix.addAll(other))
        .hasMessage("expected a matrix of 6 classes, found 5");
    assertThatThrownBy(() -> matrix.iou(6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static int[] labels(long seed, int count) {
    return new SplittableRandom(seed).ints(count, 0, 5).toArray();
  }
}
