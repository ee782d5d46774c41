package dev.hydranet.benchmarks.ladder.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TileShapesTest {
  @ParameterizedTest
  @EnumSource
  void everyTileMultiplies(Shape shape) {
    TileShapes benchmark = new TileShapes();
    benchmark.shape = shape;
    benchmark.setUp();
    benchmark.multiply();
    int outputs = benchmark.outputs();
    for (int p = 0; p < TileShapes.PIXELS; p++) {
      for (int o = 0; o < outputs; o++) {
        double sum = 0;
        for (int k = 0; k < TileShapes.DEPTH; k++) {
          sum +=
              (double) benchmark.in[p * TileShapes.DEPTH + k] * benchmark.weights[k * outputs + o];
        }
        assertThat((double) benchmark.out[p * outputs + o]).isCloseTo(sum, within(1e-5));
      }
    }
  }
}
