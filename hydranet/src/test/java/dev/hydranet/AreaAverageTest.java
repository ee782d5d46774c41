package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.drawing.RgbRows;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaAverageTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(5);

  @ParameterizedTest
  @CsvSource({
    "8, 8, 1, 1",
    "16, 24, 2, 3",
    "7, 9, 3, 4",
    "5, 5, 5, 5",
    "5, 7, 4, 7",
    "5, 7, 5, 6",
    "1, 13, 1, 5",
    "13, 1, 5, 1",
    "97, 31, 24, 8",
    "60, 60, 59, 59"
  })
  void isTheMeanOfWhatEachPixelCovers(int height, int width, int rows, int columns) {
    BufferedImage image = noise(height, width);
    BufferedImage shrunk = shrunk(image, new ImageSize(rows, columns));
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        assertThat(shrunk.getRGB(x, y)).isEqualTo(mean(image, y, x, rows, columns));
      }
    }
  }

  /** In units of which all pixels are a whole number large; halves are rounded up. */
  private static int mean(BufferedImage image, int y, int x, int rows, int columns) {
    int height = image.getHeight();
    int width = image.getWidth();
    long units = (long) height * width;
    int rgb = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      long sum = 0;
      for (int unitY = y * height; unitY < (y + 1) * height; unitY++) {
        for (int unitX = x * width; unitX < (x + 1) * width; unitX++) {
          sum += image.getRGB(unitX / columns, unitY / rows) >> shift & 0xff;
        }
      }
      rgb = rgb << 8 | (int) ((2 * sum + units) / (2 * units));
    }
    return rgb;
  }

  private static BufferedImage noise(int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = RANDOM.ints((long) height * width, 0, 1 << 24).toArray();
    image.setRGB(0, 0, width, height, pixels, 0, width);
    return image;
  }

  private static BufferedImage shrunk(BufferedImage image, ImageSize size) {
    BufferedImage shrunk =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    RgbRows.read(
        image,
        new AreaAverage(
            new ImageSize(image.getHeight(), image.getWidth()),
            size,
            (y, row) -> shrunk.setRGB(0, y, size.width(), 1, row, 0, size.width())));
    return shrunk;
  }

  @Test
  void roundsHalvesUp() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0x010305);
    assertThat(shrunk(image, new ImageSize(1, 1)).getRGB(0, 0)).isEqualTo(0xff010203);
  }

  @Test
  void keepsWhiteWhite() {
    BufferedImage white = new BufferedImage(4001, 2999, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[4001];
    Arrays.fill(row, -1);
    for (int y = 0; y < 2999; y++) {
      white.setRGB(0, y, 4001, 1, row, 0, 4001);
    }
    BufferedImage shrunk = shrunk(white, new ImageSize(240, 320));
    assertThat(shrunk.getRGB(0, 0, 320, 240, null, 0, 320)).containsOnly(0xffffffff);
  }

  @Test
  void enlargesNothing() {
    assertThatThrownBy(
            () -> new AreaAverage(new ImageSize(2, 3), new ImageSize(3, 3), (y, row) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot shrink 2x3 to 3x3");
  }
}
