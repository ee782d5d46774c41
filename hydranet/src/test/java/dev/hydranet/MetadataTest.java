package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import dev.hydranet.network.Variant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetadataTest {
  private static final HydraNetwork KITTI = Variant.KITTI.network();

  @ParameterizedTest
  @EnumSource
  void survivesAFile(Variant variant) {
    Metadata metadata = Metadata.of(variant).withSourceSha256("ab".repeat(32));
    assertThat(Metadata.of(metadata.toMap(), variant.network())).isEqualTo(metadata);
  }

  @ParameterizedTest
  @EnumSource
  void knowsThePublishedNetworksWithoutBeingTold(Variant variant) {
    assertThat(Metadata.of(Map.of("format", "pt"), variant.network()))
        .isEqualTo(Metadata.of(variant));
  }

  @Test
  void numbersTheClassesOfOtherNetworks() {
    Metadata metadata = Metadata.of(HydraNetwork.of(3, EnumSet.of(Task.SEGM)));
    assertThat(metadata.variant()).isEqualTo("custom");
    assertThat(metadata.classNames()).containsExactly("class 0", "class 1", "class 2");
    assertThat(metadata.palette()).isEqualTo(Palette.voc(3));
  }

  @Test
  void weightsMaySayTheHeightThatTheyWereTrainedFor() {
    assertThat(Metadata.of(Variant.KITTI).height()).isEmpty();
    Metadata metadata = Metadata.of(Variant.KITTI).withHeight(240);
    assertThat(metadata.toMap()).containsEntry("hydranet.height", "240");
    assertThat(Metadata.of(metadata.toMap(), KITTI)).isEqualTo(metadata);
    assertThat(metadata.withClassNames(List.of("a", "b", "c", "d", "e", "f")).height())
        .hasValue(240);
    assertThatThrownBy(() -> metadata.withHeight(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a height of 1 to 100000 rows, found 0");
  }

  @Test
  void aNetworkWithoutSegmentationSurvivesAFile() {
    HydraNetwork network = HydraNetwork.of(0, EnumSet.of(Task.DEPTH));
    Metadata metadata = Metadata.of(network);
    assertThat(metadata.toMap()).doesNotContainKeys("hydranet.classes", "hydranet.palette");
    assertThat(Metadata.of(metadata.toMap(), network)).isEqualTo(metadata);
  }

  @Test
  void writesWhatTheFormatSays() {
    assertThat(Metadata.of(Variant.KITTI).withSourceSha256("00ff").toMap())
        .containsExactly(
            Map.entry("hydranet.format", "1"),
            Map.entry("hydranet.variant", "kitti"),
            Map.entry("hydranet.tasks", "segm depth"),
            Map.entry("hydranet.classes", "sky\nbuilding\nroad\nsidewalk\nvegetation\ncar"),
            Map.entry("hydranet.palette", "808080 800000 804080 0000c0 808000 400080"),
            Map.entry("hydranet.depth_range_metres", "0.0 80.0"),
            Map.entry("hydranet.mean", "0.485 0.456 0.406"),
            Map.entry("hydranet.std", "0.229 0.224 0.225"),
            Map.entry("hydranet.source_sha256", "00ff"));
    assertThat(Metadata.ofClassifier().toMap())
        .containsOnlyKeys("hydranet.format", "hydranet.variant", "hydranet.mean", "hydranet.std");
  }

  @ParameterizedTest
  @CsvSource({
    "hydranet.format, 2, 'expected 1, found ''2'''",
    "hydranet.variant, nyud, 'expected kitti as the tensors have it, found nyud'",
    "hydranet.variant, k i, 'expected a name, found ''k i'''",
    "hydranet.tasks, depth, 'expected ''segm depth'' as the tensors have it, found ''depth'''",
    "hydranet.classes, road, 'expected 6 names, found 1 names'",
    "hydranet.palette, 808080, 'expected 6 colours, found 1 colours'",
    "hydranet.palette, -12345, 'expected colours as RRGGBB, found ''-12345'''",
    "hydranet.depth_range_metres, 0 8 9, 'expected 2 numbers, found ''0 8 9'''",
    "hydranet.depth_range_metres, 8 0, 'expected a depth range of 0 <= nearest < farthest <= 1000000,"
        + " found 8.0 to 0.0 m'",
    "hydranet.mean, a b c, 'expected numbers, found ''a b c'''",
    "hydranet.std, 1 1, 'expected 3 numbers, found ''1 1'''",
    "hydranet.height, 0, 'expected a number of rows from 1 to 100000, found ''0'''",
    "hydranet.height, 100001, 'expected a number of rows from 1 to 100000, found ''100001'''",
    "hydranet.height, 240.0, 'expected a number of rows from 1 to 100000, found ''240.0'''"
  })
  void namesTheKeyThatIsWrong(String key, String text, String problem) {
    assertThatThrownBy(() -> Metadata.of(Map.of(key, text), KITTI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metadata '" + key + "': " + problem);
  }

  @Test
  void takesNamesOfOthersNetworks() {
    assertThat(Metadata.of(Map.of("hydranet.variant", "my-own.2"), KITTI).variant())
        .isEqualTo("my-own.2");
  }

  /** They are printed, and drawn into pictures. */
  @Test
  void takesNamesForTheClasses() {
    Metadata three = Metadata.of(HydraNetwork.of(6, EnumSet.allOf(Task.class)));
    Metadata streets = three.withClassNames(Variant.KITTI.classNames());
    assertThat(streets.classNames()).isEqualTo(Variant.KITTI.classNames());
    assertThat(streets.palette()).isEqualTo(Palette.KITTI);
    Metadata own = three.withClassNames(List.of("a", "b", "c", "d", "e", "f"));
    assertThat(own.classNames()).containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(own.palette()).isEqualTo(three.palette());
    assertThatThrownBy(() -> three.withClassNames(List.of("a", "b")))
        .hasMessage("expected 6 names, found 2");
    assertThatThrownBy(() -> three.withClassNames(List.of("a", "b", "c", "d", "e", "\u001b[2J")))
        .hasMessageStartingWith("expected names of up to 100 characters, found");
  }

  @Test
  void refusesTextThatIsNotFitToBeSeen() {
    String classes = "hydranet.classes";
    assertThatThrownBy(() -> Metadata.of(Map.of(classes, "a\nb\u001b[2J\nc\nd\ne\nf"), KITTI))
        .hasMessage(
            "metadata 'hydranet.classes': expected names of up to 100 characters, found"
                + " 'b\\u001b[2J'");
    assertThatThrownBy(() -> Metadata.of(Map.of(classes, "x".repeat(1_000_000)), KITTI))
        .hasMessageEndingWith("xxx...'")
        .message()
        .hasSizeLessThan(250);
    assertThatThrownBy(() -> Metadata.of(Map.of("hydranet.mean", "\n".repeat(1_000_000)), KITTI))
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(1000);
  }

  @Test
  void namesANormalizationThatIsWrong() {
    assertThatThrownBy(() -> Metadata.of(Map.of("hydranet.std", "1 0 1"), KITTI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("std [1.0, 0.0, 1.0]");
  }

  @Test
  void wantsAColourForEachClass() {
    assertThatThrownBy(
            () ->
                new Metadata(
                    "custom",
                    Set.of(Task.SEGM),
                    List.of("a", "b"),
                    Palette.of(0),
                    Optional.empty(),
                    Normalization.IMAGENET,
                    OptionalInt.empty(),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a colour for each of 2 classes, found 1");
  }
}
