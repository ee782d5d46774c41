package dev.hydranet.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomWeightsTest {
  private final Graph graph = graph();

  @Test
  void areTheGraphs() {
    assertThatCode(() -> graph.checkWeights(RandomWeights.of(graph, 1))).doesNotThrowAnyException();
  }

  /** The fan-in is 16 channels by 9 taps. */
  @ParameterizedTest
  @CsvSource({
    "conv.weight, -0.1179, 0.1179",
    "conv.bias, -0.5, 0.5",
    "norm.weight, 1, 2",
    "norm.bias, -0.5, 0.5",
    "norm.running_mean, -0.5, 0.5",
    "norm.running_var, 0.5, 1.5"
  })
  void numbersFillTheirRange(String name, double low, double high) {
    float[] numbers = RandomWeights.of(graph, 1).get(name).data();
    double tenth = (high - low) / 10;
    double least = high;
    double most = low;
    for (float number : numbers) {
      assertThat((double) number).isBetween(low, high);
      least = Math.min(least, number);
      most = Math.max(most, number);
    }
    assertThat(least).isLessThan(low + tenth);
    assertThat(most).isGreaterThan(high - tenth);
  }

  @Test
  void seedsDecide() {
    float[] one = RandomWeights.of(graph, 1).get("conv.weight").data();
    assertThat(RandomWeights.of(graph, 1).get("conv.weight").data()).isEqualTo(one);
    assertThat(RandomWeights.of(graph, 2).get("conv.weight").data()).isNotEqualTo(one);
  }

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.conv2d("conv", g.input("input"), Conv2d.of(16, 256, 3).withBias());
    g.output("norm", g.batchNorm("norm", x, 256));
    return g.build();
  }
}
