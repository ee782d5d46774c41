package dev.hydranet.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksTest {
  @Test
  void wrongResultsAreRefused() {
    Map<String, Tensor> right = Map.of("x", Tensor.of(Shape.of(2), 1, 2));
    Map<String, Double> tolerance = Map.of("x", 1e-6);
    assertThatCode(() -> Checks.close("x", right, right, tolerance)).doesNotThrowAnyException();
    for (float wrong : new float[] {2.001f, Float.NaN}) {
      Map<String, Tensor> actual = Map.of("x", Tensor.of(Shape.of(2), 1, wrong));
      assertThatThrownBy(() -> Checks.close("x", actual, right, tolerance))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("x: expected an error of at most 1.00e-06");
    }
  }
}
