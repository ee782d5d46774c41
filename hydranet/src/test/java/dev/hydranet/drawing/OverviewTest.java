package dev.hydranet.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With letters of our own, so that sizes do not depend on the machine's fonts. */
class OverviewTest {
  private static final Lettering LETTERING = new PixelLettering();

  @Test
  void shrinksLargeImagesToMeansOfSquares() {
    BufferedImage image = new BufferedImage(2561, 3, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x090000);
    image.setRGB(1, 1, 0x0000ff);
    BufferedImage picture = new Panel("", "", image, Footer.NONE).picture();
    assertThat(picture.getWidth()).isEqualTo(853);
    assertThat(picture.getHeight()).isEqualTo(1);
    assertThat(picture.getRGB(0, 0)).isEqualTo(0xff01001c);
    assertThat(picture.getRGB(1, 0)).isEqualTo(0xff000000);
  }

  @Test
  void leavesOutClassesBeyondTwelveRows() {
    List<Legend.Entry> classes =
        IntStream.range(0, 40)
            .mapToObj(index -> new Legend.Entry("class " + index, 1 / 40.0, index))
            .toList();
    Legend legend = new Legend(classes, LETTERING);
    assertThat(legend.height(200)).isEqualTo(8 + 12 * (LETTERING.lineHeight() + 4));
    assertThat(legend.height(10_000)).isLessThan(8 + 12 * (LETTERING.lineHeight() + 4));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 80, 10, 0 10 20 30 40 50 60 70 80",
    "0, 80, 5, 0 20 40 60 80",
    "0, 8, 10, 0 1 2 3 4 5 6 7 8",
    "0, 8, 5, 0 2 4 6 8",
    "1.5, 2.7, 5, 1.5 2.0 2.5",
    "0, 0.05, 6, 0.00 0.01 0.02 0.03 0.04 0.05",
    "3, 1200, 5, 500 1000"
  })
  void ticksAreRoundNumbers(double nearest, double farthest, int atMost, String expected) {
    assertThat(ScaleBar.ticks(nearest, farthest, atMost))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactlyElementsOf(Stream.of(expected.split(" ")).map(BigDecimal::new).toList());
  }
}
