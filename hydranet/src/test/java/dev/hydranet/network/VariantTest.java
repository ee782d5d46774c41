package dev.hydranet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.graph.Parameter;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VariantTest {
  @ParameterizedTest
  @CsvSource({"KITTI, 2991687", "NYUD, 3070057", "NYUD3, 3077228", "NYUDKITTI, 3083887"})
  void hasThePublishedNumberOfParameters(Variant variant, long expected) {
    long learned =
        variant.network().graph().parameters().values().stream()
            .filter(Parameter::learned)
            .mapToLong(parameter -> parameter.shape().elementCount())
            .sum();
    assertThat(learned).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"KITTI, 291, 6", "NYUD, 291, 40", "NYUD3, 294, 40", "NYUDKITTI, 291, 46"})
  void hasThePublishedTensorsAndClasses(Variant variant, int tensors, int classes) {
    assertThat(variant.network().graph().parameters()).hasSize(tensors);
    assertThat(variant.network().classes()).isEqualTo(classes);
    assertThat(variant.classNames()).hasSize(classes).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByIdAndByNetwork(Variant variant) {
    assertThat(Variant.named(variant.id())).isEqualTo(variant);
    assertThat(Variant.of(variant.network())).contains(variant);
  }

  @Test
  void aNetworkOfOnesOwnIsNoVariant() {
    HydraNetwork own = HydraNetwork.of(7, EnumSet.of(Task.SEGM, Task.DEPTH));
    assertThat(Variant.of(own)).isEmpty();
  }

  @Test
  void anUnknownIdIsNamed() {
    assertThatThrownBy(() -> Variant.named("cityscapes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected kitti, nyud, nyud3 or nyudkitti, found 'cityscapes'");
  }
}
