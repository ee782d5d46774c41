package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class NormalMapTest {
  @Test
  void dividesByTheLength() {
    NormalMap normals = pixel(2, -3, 6);
    assertThat(normals.x(0, 0)).isEqualTo(2 / 7f);
    assertThat(normals.y(0, 0)).isEqualTo(-3 / 7f);
    assertThat(normals.z(0, 0)).isEqualTo(6 / 7f);
    assertThat(normals.components().data()).containsExactly(2 / 7f, -3 / 7f, 6 / 7f);
    assertThat(normals.raw().data()).containsExactly(2, -3, 6);
  }

  @Test
  void takesVectorsWhoseSquareDoesNotFitAFloat() {
    assertThat(pixel(3 * 0x1p100f, 0, 4 * 0x1p100f).components().data())
        .containsExactly(0.6f, 0, 0.8f);
    assertThat(pixel(0, 3 * 0x1p-100f, 4 * 0x1p-100f).components().data())
        .containsExactly(0, 0.6f, 0.8f);
  }

  @Test
  void isNaNWhereThereIsNoDirection() {
    assertThat(pixel(0, 0, 0).components().data()).containsOnly(Float.NaN);
    assertThat(pixel(1, Float.NaN, 0).components().data()).containsOnly(Float.NaN);
    assertThat(pixel(0, 0, 0).toImage().getRGB(0, 0)).isEqualTo(0xff000000);
  }

  @Test
  void normalisesAfterResizing() {
    // Half-way between (2, 0, 0) and (0, 1, 0) is (2, 1, 0), whatever the directions' lengths.
    Tensor raw = Tensor.of(Shape.of(1, 3, 1, 2), 2, 0, 0, 1, 0, 0);
    NormalMap normals = new NormalMap(raw, 1, 3);
    assertThat(normals.x(1, 0)).isEqualTo((float) (2 / Math.sqrt(5)));
    assertThat(normals.y(1, 0)).isEqualTo((float) (1 / Math.sqrt(5)));
  }

  @Test
  void showsDirectionsAsColours() {
    assertThat(pixel(5, 0, 0).toImage().getRGB(0, 0)).isEqualTo(0xffff8080);
    assertThat(pixel(0, -1, 0).toImage().getRGB(0, 0)).isEqualTo(0xff800080);
    assertThat(pixel(0, 0, -1).toImage().getRGB(0, 0)).isEqualTo(0xff8080ff);
  }

  private static NormalMap pixel(float x, float y, float z) {
    return new NormalMap(Tensor.of(Shape.of(1, 3, 1, 1), x, y, z), 1, 1);
  }

  @Test
  void paintsOnlyIntoAsManyPixels() {
    assertThatThrownBy(() -> pixel(0, 0, 0).paint(new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("found 3");
  }
}
