package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.network.Variant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against OpenCV; the expected numbers are made by {@code proof/validation/resize.py}. */
class CubicResizeTest {
  /**
   * OpenCV sums the last pixels of a row, those that do not fill its vectors, in another order:
   * that may cost the rounding of each of four additions.
   */
  private static final double FOUR_ROUNDINGS = 4 * 0x1p-24;

  private static final int SEED = 2;
  private static final Map<String, Tensor> GOLDEN = Golden.tensors("resize.safetensors");

  static Stream<String> sizes() {
    return GOLDEN.keySet().stream().filter(name -> name.contains(" to "));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsOpenCv(String name) {
    String[] sizes = name.split("x| to ");
    Shape shape = Shape.of(1, 3, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
    Tensor source = SeededTensors.uniform(name, shape, SEED);
    Tensor expected = GOLDEN.get(name);

    Tensor actual = CubicResize.resize(source, expected.shape().height(), expected.shape().width());

    assertThat(Difference.between(actual, expected).maxRelative()).isLessThan(FOUR_ROUNDINGS);
  }

  @Test
  void equalsOpenCvOnTheLogitsOfAStreet() {
    Tensor expected = GOLDEN.get("street logits"); // [1, 40, every 23rd of 370, every 61st of 1226]
    Tensor actual = Tensor.zeros(expected.shape());
    CubicResize.rows(
        streetLogits(),
        370,
        1226,
        (channel, y, row) -> {
          for (int x = 0; x < 1226 && y % 23 == 0; x += 61) {
            int line = channel * expected.shape().height() + y / 23;
            actual.data()[line * expected.shape().width() + x / 61] = row[x];
          }
        });
    assertThat(Difference.between(actual, expected).maxRelative()).isLessThan(FOUR_ROUNDINGS);
  }

  @Test
  void givesTheLabelsOfOpenCv() {
    Tensor labels = GOLDEN.get("street labels"); // [rows, 1226]
    Tensor margins = GOLDEN.get("street margins");
    Segmentation segmentation =
        new Segmentation(streetLogits(), 370, 1226, Variant.NYUD.classNames(), Palette.NYUD);
    int[] rows = {0, 1, 2, 184, 369};
    int compared = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int x = 0; x < 1226; x++) {
        int at = i * 1226 + x;
        if (margins.data()[at] > 1e-3) {
          assertThat(segmentation.classAt(x, rows[i])).isEqualTo((int) labels.data()[at]);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(6000);
  }

  @Test
  void copiesWhereThereIsNothingToResize() {
    Shape shape = Shape.of(1, 1, 1, 3);
    Tensor source = Tensor.of(shape, 1, Float.POSITIVE_INFINITY, Float.NaN);
    assertThat(CubicResize.resize(source, 1, 3).data()).isEqualTo(source.data());
  }

  /** {@code [1, 40, 93, 307]} */
  private static Tensor streetLogits() {
    Tensor logits = SeededTensors.uniform("street", Shape.of(1, 40, 93, 307), SEED);
    for (int i = 0; i < logits.data().length; i++) {
      logits.data()[i] *= 10;
    }
    return logits;
  }
}
