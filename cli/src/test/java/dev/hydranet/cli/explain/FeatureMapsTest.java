package dev.hydranet.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeatureMapsTest {
  @Test
  void takesTheChannelsThatDifferMostOverTheImage() {
    Tensor value = Tensor.zeros(Shape.of(1, 10, 1, 2));
    for (int c = 0; c < 10; c++) {
      value.data()[2 * c] = 100 - c; // large, and the same all over
      value.data()[2 * c + 1] = 100 - c + (c * 3 % 10);
    }
    FeatureMaps maps = FeatureMaps.of(value);
    assertThat(maps.channels())
        .extracting(FeatureMaps.Channel::index)
        .containsExactly(3, 6, 9, 2, 5, 8, 1, 4);
    FeatureMaps.Channel first = maps.channels().getFirst();
    assertThat(first.deviation()).isEqualTo(4.5, within(1e-6));
    assertThat(first.least()).isEqualTo(97);
    assertThat(first.greatest()).isEqualTo(106);
    assertThat(maps.levels()).hasSize(16).startsWith(0, FeatureMaps.LEVELS - 1);
  }

  @Test
  void largeMapsAreMeansOfSquares() {
    int width = 241; // 81 times three, less two
    Tensor value = Tensor.zeros(Shape.of(1, 1, 4, width));
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < width; x++) {
        value.data()[y * width + x] = x + 1000 * y;
      }
    }
    FeatureMaps maps = FeatureMaps.of(value);
    assertThat(maps.reduction()).isEqualTo(3);
    assertThat(maps.width()).isEqualTo(81);
    assertThat(maps.height()).isEqualTo(2);
    FeatureMaps.Channel channel = maps.channels().getFirst();
    assertThat(channel.least()).isEqualTo(1 + 1000);
    assertThat(channel.greatest()).isEqualTo(240 + 3000);
  }

  @Test
  void constantMapsAreOfTheLowestLevel() {
    Tensor value = Tensor.zeros(Shape.of(1, 2, 3, 3));
    Arrays.fill(value.data(), 7);
    FeatureMaps maps = FeatureMaps.of(value);
    assertThat(maps.channels()).extracting(FeatureMaps.Channel::index).containsExactly(0, 1);
    assertThat(maps.levels()).containsOnly(0);
  }

  @Test
  void histogramHasPartsOfOneWidth() {
    float[] numbers = new float[83];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i - 41;
    }
    Histogram histogram = Histogram.of(numbers);
    assertThat(histogram.least()).isEqualTo(-41);
    assertThat(histogram.greatest()).isEqualTo(41);
    assertThat(histogram.mean()).isZero();
    assertThat(histogram.deviation()).isEqualTo(Math.sqrt((83 * 83 - 1) / 12.0), within(1e-9));
    assertThat(histogram.counts()).hasSize(41).endsWith(2, 3).startsWith(2, 2);
    assertThat(Histogram.of(new float[] {5, 5}).counts()).startsWith(2, 0).endsWith(0);
  }
}
