package dev.hydranet.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The numbers here were printed by {@code validation/seeded.py}. */
class SeededTensorsTest {
  @Test
  void uniformNumbersAreThoseOfPython() {
    assertThat(SeededTensors.uniform("input", Shape.of(5), 1).data())
        .containsExactly(
            -0x1.1e323cp-1f, 0x1.ac749p-1f, 0x1.c6b5fp-2f, -0x1.13db7p-3f, -0x1.98eb54p-1f);
  }

  @Test
  void namesAreHashedAsUtf8() {
    assertThat(SeededTensors.uniform("größe", Shape.of(3), -1).data())
        .containsExactly(0x1.abe4acp-1f, 0x1.0fe644p-1f, -0x1.dfb78p-6f);
  }

  @Test
  void parametersAreThoseOfPython() {
    assertThat(SeededTensors.parameter("layer1.0.weight", Shape.of(2, 3), 7).data())
        .containsExactly(
            -0x1.180db8p-2f,
            0x1.cc5e8p-4f,
            -0x1.ac79b8p-1f,
            0x1.63427p-3f,
            -0x1.f9c8p-4f,
            -0x1.fa0f6p-2f);
    assertThat(SeededTensors.parameter("b.weight", Shape.of(2), 7).data())
        .containsExactly(0x1.83a5b4p-1f, 0x1.f2d2d4p-1f);
    assertThat(SeededTensors.parameter("b.bias", Shape.of(2), 7).data())
        .containsExactly(0x1.1baddcp-4f, -0x1.52fdbap-5f);
    assertThat(SeededTensors.parameter("b.running_mean", Shape.of(2), 7).data())
        .containsExactly(0x1.2128ep-5f, -0x1.51c654p-4f);
    assertThat(SeededTensors.parameter("b.running_var", Shape.of(2), 7).data())
        .containsExactly(0x1.060d28p-1f, 0x1.06344cp-1f);
  }

  @Test
  void anUnknownKindOfParameterIsNamed() {
    assertThatThrownBy(() -> SeededTensors.parameter("layer1.0.scale", Shape.of(2), 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer1.0.scale");
  }
}
