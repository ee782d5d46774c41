package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthMapTest {
  @Test
  void isTheAbsoluteValueAndNotClipped() {
    DepthMap depth = row(DepthRange.NYUD, -2, 0.5f, 300, Float.NaN);
    assertThat(depth.metres()).containsExactly(2, 0.5f, 300, Float.NaN);
    assertThat(depth.metresAt(2, 0)).isEqualTo(300);
    assertThat(depth.raw().data()).startsWith(-2);
  }

  @Test
  void takesTheAbsoluteValueAfterResizing() {
    // Half-way between -1 and 1 is 0, not 1.
    Tensor raw = Tensor.of(Shape.of(1, 1, 1, 2), -1, 1);
    DepthMap depth = new DepthMap(raw, 1, 3, Optional.of(DepthRange.NYUD));
    assertThat(depth.metresAt(1, 0)).isZero();
  }

  @Test
  void spreadsTheColoursOverTheRange() {
    DepthMap depth = row(new DepthRange(1, 3), 0, 1, 2, 3, 50, Float.NaN);
    BufferedImage image = depth.toImage(Colormap.PLASMA);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xff0c0786);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xff0c0786);
    assertThat(image.getRGB(2, 0)).isEqualTo(0xffcb4777);
    assertThat(image.getRGB(3, 0)).isEqualTo(0xffeff821);
    assertThat(image.getRGB(4, 0)).isEqualTo(0xffeff821);
    assertThat(image.getRGB(5, 0)).isEqualTo(0xff000000);
    BufferedImage wider = depth.toImage(Colormap.PLASMA, new DepthRange(0, 100));
    assertThat(wider.getRGB(4, 0)).isEqualTo(0xffcb4777);
  }

  @Test
  void refusesRangesThatAreNone() {
    assertThatThrownBy(() -> new DepthRange(5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a depth range of 0 <= nearest < farthest <= 1000000, found 5.0 to 5.0 m");
    assertThatThrownBy(() -> new DepthRange(0, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DepthRange(Double.NaN, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DepthRange(0, 1e-300))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DepthRange(-1, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The 2nd and the 98th percentile, rounded outwards. */
  @ParameterizedTest
  @CsvSource({
    "0.8, 3.4, 0.8, 3.4",
    "4.13, 63.2, 0, 65",
    "2.31, 2.44, 2.31, 2.44",
    "0, 80, 0, 80",
    "3, 3, 3, 3.03",
    "0, 0, 0, 0.002",
    "0.0001, 9e30, 0, 1000000"
  })
  void aSceneIsShownFromItsNearestToItsFarthest(
      float nearest, float farthest, double first, double last) {
    float[] metres = new float[1000];
    Arrays.fill(metres, 0, 500, nearest);
    Arrays.fill(metres, 500, 1000, farthest);
    metres[0] = 0;
    metres[1] = 1e9f;
    metres[2] = Float.NaN;
    metres[3] = Float.POSITIVE_INFINITY;
    DepthMap depth =
        new DepthMap(Tensor.of(Shape.of(1, 1, 1, 1000), metres), 1, 1000, Optional.empty());
    assertThat(depth.range().nearest()).isCloseTo(first, within(1e-9));
    assertThat(depth.range().farthest()).isCloseTo(last, within(1e-9));
  }

  @Test
  void takesStreetsWhereNoDepthIsFinite() {
    Tensor none = Tensor.of(Shape.of(1, 1, 1, 2), new float[] {Float.NaN, Float.NaN});
    assertThat(new DepthMap(none, 1, 2, Optional.empty()).range()).isEqualTo(DepthRange.KITTI);
  }

  private static DepthMap row(DepthRange range, float... metres) {
    return new DepthMap(
        Tensor.of(Shape.of(1, 1, 1, metres.length), metres), 1, metres.length, Optional.of(range));
  }

  @Test
  void paintsOnlyIntoAsManyPixels() {
    assertThatThrownBy(
            () -> row(DepthRange.NYUD, 1, 2).paint(Colormap.PLASMA, DepthRange.NYUD, new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("found 3");
  }
}
