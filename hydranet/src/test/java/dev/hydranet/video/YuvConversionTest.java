package dev.hydranet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class YuvConversionTest {
  private static final int SIDE = 256;

  @Test
  void coloursAreWithinALevelOfOpenCvs() throws Exception {
    YuvFormat format = new YuvFormat(1, 1, Chroma.C420JPEG, YuvMatrix.BT601, false);
    YuvToRgb toRgb = new YuvToRgb(format);
    RgbToYuv toYuv = new RgbToYuv(format);
    int lines = 0;
    for (String line : Files.readAllLines(golden())) {
      String[] words = line.split(" ");
      int[] number = Arrays.stream(words, 1, words.length).mapToInt(Integer::parseInt).toArray();
      int[] rgb = {number[0] << 16 | number[1] << 8 | number[2]};
      YuvFrame frame =
          new YuvFrame(
              format,
              new byte[] {(byte) number[0]},
              new byte[] {(byte) number[1]},
              new byte[] {(byte) number[2]});
      if (words[0].equals("yuv")) {
        toRgb.convert(frame, rgb);
        assertClose(line, number, rgb[0] >> 16, rgb[0] >> 8 & 0xff, rgb[0] & 0xff);
      } else {
        toYuv.convert(rgb, 1, 1, frame);
        assertClose(line, number, frame.y()[0] & 0xff, frame.cb()[0] & 0xff, frame.cr()[0] & 0xff);
      }
      lines++;
    }
    assertThat(lines).isEqualTo(2 * 729);
  }

  private static Path golden() throws URISyntaxException {
    return Path.of(YuvConversionTest.class.getResource("/golden/yuv.txt").toURI());
  }

  private static void assertClose(String line, int[] number, int... found) {
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as(line).isBetween(number[3 + i] - 1, number[3 + i] + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"BT601,false", "BT601,true", "BT709,false", "BT709,true"})
  void everyColourIsTheExactOneRounded(YuvMatrix matrix, boolean full) {
    YuvFormat format = new YuvFormat(SIDE, SIDE, Chroma.C444, matrix, full);
    YuvFrame frame = YuvFrame.of(format);
    int[] rgb = new int[SIDE * SIDE];
    YuvToRgb conversion = new YuvToRgb(format);
    double lumaScale = full ? 1 : 255.0 / 219;
    double colourScale = full ? 1 : 255.0 / 224;
    for (int luma = 0; luma < SIDE; luma += 5) {
      Arrays.fill(frame.y(), (byte) luma);
      for (int i = 0; i < rgb.length; i++) {
        frame.cb()[i] = (byte) (i / SIDE);
        frame.cr()[i] = (byte) i;
      }
      conversion.convert(frame, rgb);
      for (int i = 0; i < rgb.length; i++) {
        double y = (luma - (full ? 0 : 16)) * lumaScale;
        double cb = (i / SIDE - 128) * colourScale;
        double cr = (i % SIDE - 128) * colourScale;
        double red = y + 2 * (1 - matrix.red()) * cr;
        double blue = y + 2 * (1 - matrix.blue()) * cb;
        double green = (y - matrix.red() * red - matrix.blue() * blue) / matrix.green();
        if (!isRounded(rgb[i] >> 16, red)
            || !isRounded(rgb[i] >> 8 & 0xff, green)
            || !isRounded(rgb[i] & 0xff, blue)) {
          assertThat(Integer.toHexString(rgb[i]))
              .as(luma + " " + i / SIDE + " " + i % SIDE)
              .isEqualTo(red + " " + green + " " + blue);
        }
      }
    }
  }

  private static boolean isRounded(int level, double exact) {
    return Math.abs(level - Math.clamp(exact, 0, 255)) <= 0.5 + 1.0 / 20_000;
  }

  @ParameterizedTest
  @EnumSource(Chroma.class)
  void thereAndBackIsWithinTwoLevels(Chroma chroma) {
    YuvFormat format = new YuvFormat(7, 5, chroma, YuvMatrix.BT709, false);
    int[] rgb = new int[35];
    Random random = new Random(1);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++) {
        // One colour for each block of four.
        random.setSeed(y / 2 * 7 + x / 2);
        rgb[y * 7 + x] =
            chroma.isMono() ? random.nextInt(256) * 0x010101 : random.nextInt(0x1000000);
      }
    }
    YuvFrame frame = YuvFrame.of(format);
    new RgbToYuv(format).convert(rgb, 7, 5, frame);
    int[] back = new int[35];
    new YuvToRgb(format).convert(frame, back);
    for (int i = 0; i < rgb.length; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(back[i] >> shift & 0xff)
            .isBetween((rgb[i] >> shift & 0xff) - 2, (rgb[i] >> shift & 0xff) + 2);
      }
    }
  }

  @Test
  void greysStayGrey() {
    for (YuvMatrix matrix : YuvMatrix.values()) {
      YuvFormat format = new YuvFormat(256, 1, Chroma.C420JPEG, matrix, false);
      YuvFrame frame = YuvFrame.of(format);
      int[] greys = new int[256];
      Arrays.setAll(greys, i -> i * 0x010101);
      new RgbToYuv(format).convert(greys, 256, 1, frame);
      assertThat(frame.cb()).containsOnly((byte) 128);
      assertThat(frame.cr()).containsOnly((byte) 128);
      assertThat(frame.y()[0]).isEqualTo((byte) 16);
      assertThat(frame.y()[255]).isEqualTo((byte) 235);
    }
  }

  @Test
  void primariesOfFullRangeDoNotWrapAround() {
    YuvFormat format = new YuvFormat(2, 1, Chroma.C444, YuvMatrix.BT601, true);
    YuvFrame frame = YuvFrame.of(format);
    new RgbToYuv(format).convert(new int[] {0xff0000, 0x0000ff}, 2, 1, frame);
    assertThat(frame.cr()[0]).isEqualTo((byte) 255);
    assertThat(frame.cb()[1]).isEqualTo((byte) 255);
  }

  @Test
  void colourIsTheMeanOfItsBlock() {
    YuvFormat format = new YuvFormat(3, 2, Chroma.C420JPEG, YuvMatrix.BT601, true);
    YuvFrame frame = YuvFrame.of(format);
    new RgbToYuv(format).convert(new int[] {0xff0000, 0, 0x0000ff, 0, 0, 0x0000ff}, 3, 2, frame);
    assertThat(frame.cr()[0] & 0xff).isEqualTo(128 + 32);
    assertThat(frame.cb()[1] & 0xff).isEqualTo(255);
  }

  @Test
  void lastColumnAndRowFillALargerFrame() {
    YuvFormat format = new YuvFormat(4, 4, Chroma.C420JPEG, YuvMatrix.BT601, true);
    YuvFrame frame = YuvFrame.of(format);
    int[] picture = {0x101010, 0x202020, 0xff0000, 0x303030, 0x404040, 0x00ff00};
    new RgbToYuv(format).convert(picture, 3, 2, frame);
    assertThat(frame.y())
        .containsExactly(
            0x10,
            0x20,
            76,
            76,
            0x30,
            0x40,
            (byte) 150,
            (byte) 150,
            0x30,
            0x40,
            (byte) 150,
            (byte) 150,
            0x30,
            0x40,
            (byte) 150,
            (byte) 150);
    YuvFrame filled = YuvFrame.of(format);
    new RgbToYuv(format)
        .convert(
            new int[] {
              0x101010, 0x202020, 0xff0000, 0xff0000, 0x303030, 0x404040, 0x00ff00, 0x00ff00,
              0x303030, 0x404040, 0x00ff00, 0x00ff00, 0x303030, 0x404040, 0x00ff00, 0x00ff00
            },
            4,
            4,
            filled);
    assertThat(frame.cb()).isEqualTo(filled.cb());
    assertThat(frame.cr()).isEqualTo(filled.cr());
  }

  @Test
  void framesOfOtherFormatsAreRefused() {
    YuvFormat format = new YuvFormat(2, 2, Chroma.C444, YuvMatrix.BT601, true);
    YuvFrame other = YuvFrame.of(format.withMatrix(YuvMatrix.BT709));
    assertThatThrownBy(() -> new YuvToRgb(format).convert(other, new int[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BT709");
    assertThatThrownBy(() -> new RgbToYuv(format).convert(new int[4], 2, 2, other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new YuvFrame(format, new byte[4], new byte[4], new byte[3]))
        .hasMessage("plane cr: expected 4 bytes, found 3");
    assertThatThrownBy(() -> new YuvFormat(0, 2, Chroma.C444, YuvMatrix.BT601, true))
        .hasMessageContaining("found 0x2");
  }

  private static int rgb(YuvMatrix matrix, boolean full, int y, int cb, int cr) {
    YuvFormat format = new YuvFormat(1, 1, Chroma.C444, matrix, full);
    int[] rgb = new int[1];
    new YuvToRgb(format)
        .convert(
            new YuvFrame(
                format, new byte[] {(byte) y}, new byte[] {(byte) cb}, new byte[] {(byte) cr}),
            rgb);
    return rgb[0];
  }
}
