package dev.hydranet.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownPixelsTest {
  @ParameterizedTest
  @CsvSource({
    "480, 640, 1, 480, 640",
    "1024, 1024, 1, 1024, 1024",
    "1024, 1025, 2, 512, 513",
    "3000, 4001, 4, 750, 1001",
    "1, 5000000, 3, 1, 1666667"
  })
  void largeImagesAreShownInPart(int height, int width, int step, int shownHeight, int shownWidth) {
    ShownPixels pixels = ShownPixels.of(height, width);
    assertThat(pixels.step()).isEqualTo(step);
    assertThat(pixels.height()).isEqualTo(shownHeight);
    assertThat(pixels.width()).isEqualTo(shownWidth);
  }

  @Test
  void takesEveryStepthPixelOfTheWholeImage() {
    ShownPixels pixels = new ShownPixels(5, 7, 3);
    assertThat(pixels.of(IntUnaryOperator.identity())).containsExactly(0, 3, 6, 21, 24, 27);
  }
}
