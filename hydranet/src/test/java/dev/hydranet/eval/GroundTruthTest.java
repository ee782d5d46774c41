package dev.hydranet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class GroundTruthTest {
  @Test
  void labelsAreLevelsOfGrey() {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSamples(0, 0, 3, 2, 0, new int[] {0, 1, 5, 40, 254, 255});
    assertThat(GroundTruth.labels(picture)).containsExactly(0, 1, 5, 40, 254, 255);
  }

  @Test
  void labelsAreIndicesWhateverTheirColours() {
    byte[] levels = {(byte) 128, 7, 7, 0};
    IndexColorModel colours = new IndexColorModel(2, 4, levels, levels, levels);
    BufferedImage picture = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY, colours);
    picture.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {2, 3, 0, 1});
    assertThat(GroundTruth.labels(picture)).containsExactly(2, 3, 0, 1);
  }

  @Test
  void depthsAreLevelsOverTheScale() {
    BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    picture.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {0, 1, 20_480, 65_535});
    assertThat(GroundTruth.metres(picture, 256))
        .containsExactly(0, 1 / 256f, 80, (float) (65_535 / 256.0));
    assertThat(GroundTruth.metres(picture, 5000)[2]).isEqualTo(4.096f);
  }

  @Test
  void normalsAreColours() {
    BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 0x8080ff); // towards the camera
    picture.setRGB(1, 0, 0xff8080); // to the right
    picture.setRGB(0, 1, 0x800080); // up
    picture.setRGB(1, 1, 0x000000); // unknown
    float zero = 1 / 255f; // no level of 8 bits is exactly 0
    assertThat(GroundTruth.normals(picture))
        .containsExactly(
            new float[] {
              zero, 1, zero, 0, // x
              zero, zero, -1, 0, // y
              -1, -zero, -zero, 0 // z
            },
            within(1e-6f));
  }

  @Test
  void otherPicturesAreRefused() {
    BufferedImage rgb = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    assertThatThrownBy(() -> GroundTruth.labels(rgb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected labels as 8-bit grey or as indices of a palette, found 3 channels of 8 bits");
    assertThatThrownBy(() -> GroundTruth.labels(deep)).hasMessageContaining("1 channel of 16 bits");
    assertThatThrownBy(() -> GroundTruth.metres(grey, 256))
        .hasMessage("expected depth as 16-bit grey, found 1 channel of 8 bits");
    assertThatThrownBy(() -> GroundTruth.metres(rgb, 256)).hasMessageContaining("3 channels");
    assertThatThrownBy(() -> GroundTruth.normals(grey))
        .hasMessage("expected normals as 8-bit RGB, found 1 channel of 8 bits");
  }
}
