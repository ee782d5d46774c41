package dev.hydranet.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The numbers here were printed by {@code proof/validation/seeded.py}. */
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
            -0x1.c9535ap-3f,
            0x1.77e3ccp-4f,
            -0x1.5dd948p-1f,
            0x1.221174p-3f,
            -0x1.9cf7fap-4f,
            -0x1.9d3242p-2f);
    assertThat(SeededTensors.parameter("b.weight", Shape.of(2), 7).data())
        .containsExactly(0x1.03a5b4p0f, 0x1.72d2d4p0f);
    assertThat(SeededTensors.parameter("b.bias", Shape.of(2), 7).data())
        .containsExactly(0x1.629954p-2f, -0x1.a7bd28p-3f);
    assertThat(SeededTensors.parameter("b.running_mean", Shape.of(2), 7).data())
        .containsExactly(0x1.697318p-3f, -0x1.a637e8p-2f);
    assertThat(SeededTensors.parameter("b.running_var", Shape.of(2), 7).data())
        .containsExactly(0x1.0c1a5p-1f, 0x1.0c689ap-1f);
  }

  @Test
  void picturesAreThoseOfPython() {
    Tensor picture = SeededTensors.picture("input", Shape.of(2, 1, 17, 18), 5);
    assertThat(
            new float[] {
              picture.at(1, 0, 15, 15),
              picture.at(1, 0, 15, 16),
              picture.at(1, 0, 15, 17),
              picture.at(1, 0, 16, 15),
              picture.at(1, 0, 16, 16),
              picture.at(1, 0, 16, 17)
            })
        .containsExactly(
            0x1.71cbc4p0f,
            0x1.11a5cp0f,
            0x1.2219ap0f,
            -0x1.309b6cp0f,
            -0x1.791be4p-1f,
            -0x1.8bb3eap-1f);
  }

  @Test
  void anUnknownKindOfParameterIsNamed() {
    assertThatThrownBy(() -> SeededTensors.parameter("layer1.0.scale", Shape.of(2), 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer1.0.scale");
  }
}
