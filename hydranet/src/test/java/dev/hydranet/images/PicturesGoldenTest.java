package dev.hydranet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.drawing.RgbRows;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures of every kind, against the numbers that Pillow, OpenCV or NumPy find in them; both are
 * made by {@code proof/validation/pictures.py}.
 */
@Tag("once")
class PicturesGoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"jpeg", "png", "gif", "bmp", "pnm", "webp", "tiff", "exif", "icc", "damaged"})
  void haveTheNumbersOfOtherReaders(String suite) throws IOException {
    Map<String, byte[]> files = files(suite);
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (Map.Entry<String, byte[]> expected : files.entrySet()) {
      if (expected.getKey().endsWith(".ppm") && files.containsKey(picture(expected.getKey()))) {
        compared++;
        String name = picture(expected.getKey());
        String difference = difference(files.get(name), expected.getValue());
        if (difference != null) {
          different.add(name + ": " + difference);
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "tiff", "damaged"})
  void sayWhyTheyCannotBeRead(String suite) throws IOException {
    Map<String, byte[]> files = files(suite);
    int refused = 0;
    for (Map.Entry<String, byte[]> expected : files.entrySet()) {
      if (expected.getKey().endsWith(".txt")) {
        refused++;
        String name = picture(expected.getKey());
        assertThatThrownBy(() -> Images.read(files.get(name)))
            .as(name)
            .isExactlyInstanceOf(IOException.class)
            .hasMessageStartingWith("not a readable image: ")
            .hasMessageContaining(new String(expected.getValue(), StandardCharsets.UTF_8))
            .hasMessageNotContaining("\n");
      }
    }
    assertThat(refused).isGreaterThan(5);
  }

  private static String picture(String expectation) {
    return expectation.substring(0, expectation.length() - ".ppm".length());
  }

  /** What is different from a PPM of 8 bits; null if nothing is. */
  private static String difference(byte[] file, byte[] ppm) {
    BufferedImage image;
    try {
      image = Images.read(file);
    } catch (IOException e) {
      return e.getMessage();
    }
    byte[] header =
        String.format("P6\n%d %d\n255\n", image.getWidth(), image.getHeight())
            .getBytes(StandardCharsets.US_ASCII);
    if (!Arrays.equals(header, Arrays.copyOf(ppm, header.length))) {
      return "is of " + image.getWidth() + " x " + image.getHeight() + " pixels";
    }
    int width = image.getWidth();
    int[] worst = new int[3];
    RgbRows.read(
        image,
        (y, rgb) -> {
          for (int i = 0; i < 3 * width; i++) {
            int found = rgb[i / 3] >> 16 - i % 3 * 8 & 0xff;
            int expected = ppm[header.length + 3 * y * width + i] & 0xff;
            if (Math.abs(found - expected) > worst[0]) {
              worst[0] = Math.abs(found - expected);
              worst[1] = i / 3;
              worst[2] = y;
            }
          }
        });
    return worst[0] == 0
        ? null
        : "differs by " + worst[0] + " levels at (" + worst[1] + ", " + worst[2] + ")";
  }

  private static Map<String, byte[]> files(String suite) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream in =
            PicturesGoldenTest.class.getResourceAsStream("/golden/pictures/" + suite + ".zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
