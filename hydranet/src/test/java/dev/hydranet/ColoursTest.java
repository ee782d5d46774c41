package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.network.Variant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColoursTest {
  /** Of matplotlib 3.6: {@code [bytes(c[:3]).hex() for c in cm(numpy.arange(256), bytes=True)]}. */
  @ParameterizedTest
  @CsvSource({
    "PLASMA, 0, 0c0786", "PLASMA, 1, 100787", "PLASMA, 127, ca4678", "PLASMA, 128, cb4777",
    "PLASMA, 254, f0f623", "PLASMA, 255, eff821", "VIRIDIS, 0, 440154", "VIRIDIS, 1, 440255",
    "VIRIDIS, 127, 208f8c", "VIRIDIS, 128, 20908c", "VIRIDIS, 254, fae622", "VIRIDIS, 255, fde724",
    "TURBO, 0, 30123b", "TURBO, 1, 311542", "TURBO, 127, a1fc3d", "TURBO, 128, a4fc3b",
    "TURBO, 254, 7d0502", "TURBO, 255, 7a0402"
  })
  void colourMapsAreMatplotlibs(Colormap map, int entry, String hex) {
    assertThat(map.rgb((entry + 0.5f) / 256)).isEqualTo(Integer.parseInt(hex, 16));
  }

  @ParameterizedTest
  @EnumSource
  void colourMapsEndWhereTheScaleEnds(Colormap map) {
    int first = map.rgb(0);
    int last = map.rgb(1);
    assertThat(map.rgb(-1)).isEqualTo(first);
    assertThat(map.rgb(Float.NEGATIVE_INFINITY)).isEqualTo(first);
    assertThat(map.rgb(Math.nextDown(1 / 256f))).isEqualTo(first);
    assertThat(map.rgb(1 / 256f)).isNotEqualTo(first);
    assertThat(map.rgb(Math.nextDown(1f))).isEqualTo(last);
    assertThat(map.rgb(Float.POSITIVE_INFINITY)).isEqualTo(last);
    assertThat(map.rgb(Float.NaN)).isEqualTo(0x000000);
  }

  /** The first eleven colours of PASCAL VOC's development kit, and its last, without black. */
  @Test
  void vocColoursAreThoseOfItsDevelopmentKit() {
    Palette voc = Palette.voc(255);
    assertThat(IntStream.range(0, 11).map(voc::rgb))
        .containsExactly(
            0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080, 0x400000,
            0xc00000, 0x408000, 0xc08000);
    assertThat(voc.rgb(254)).isEqualTo(0xe0e0c0);
    assertThat(IntStream.range(0, 255).map(voc::rgb).distinct().count()).isEqualTo(255);
    assertThat(Palette.voc(256).rgb(255)).isEqualTo(voc.rgb(0));
  }

  @ParameterizedTest
  @EnumSource
  void everyPublishedClassHasAColour(Variant variant) {
    assertThat(Palette.of(variant).size()).isEqualTo(variant.classNames().size());
  }

  @Test
  void theNetworkForBothKeepsBothsColours() {
    assertThat(Palette.NYUD_KITTI.rgb(39)).isEqualTo(Palette.NYUD.rgb(39)).isEqualTo(0x400040);
    assertThat(Palette.NYUD_KITTI.rgb(40)).isEqualTo(Palette.KITTI.rgb(0)).isEqualTo(0x808080);
    assertThat(Palette.NYUD_KITTI.rgb(45)).isEqualTo(Palette.KITTI.rgb(5)).isEqualTo(0x400080);
  }
}
