package dev.hydranet.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomWeightsTest {
  private final Graph graph = graph();

  @Test
  void areTheGraphs() {
    assertThatCode(() -> graph.checkWeights(RandomWeights.of(graph, 1))).doesNotThrowAnyException();
  }

  @Test
  void filtersHaveVarianceOfTwoOverFanIn() {
    float[] filters = RandomWeights.of(graph, 1).get("conv.weight").data();
    double mean = IntStream.range(0, filters.length).mapToDouble(i -> filters[i]).sum();
    double squares =
        IntStream.range(0, filters.length).mapToDouble(i -> filters[i] * filters[i]).sum();
    assertThat(mean / filters.length).isEqualTo(0, within(3e-3));
    assertThat(squares / filters.length * 16 * 9).isEqualTo(2, within(0.05));
  }

  @Test
  void othersChangeNothing() {
    Map<String, Tensor> weights = RandomWeights.of(graph, 1);
    assertThat(weights.get("norm.weight").data()).containsOnly(1f);
    assertThat(weights.get("norm.bias").data()).containsOnly(0f);
    assertThat(weights.get("norm.running_mean").data()).containsOnly(0f);
    assertThat(weights.get("norm.running_var").data()).containsOnly(1f);
    assertThat(weights.get("conv.bias").data()).containsOnly(0f);
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
