package dev.hydranet.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.verify.Difference;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The four published networks, with seeded weights, against PyTorch. */
class HydraNetworkGoldenTest {
  static Stream<Arguments> cases() {
    return Arrays.stream(Variant.values())
        .flatMap(
            variant ->
                Stream.of(
                        Shape.of(1, 3, 1, 1),
                        Shape.of(1, 3, 33, 33),
                        Shape.of(2, 3, 35, 47),
                        Shape.of(1, 3, 97, 131))
                    .map(shape -> Arguments.of(variant, shape)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyLayerIsThatOfPyTorch(Variant variant, Shape shape) throws IOException {
    GoldenActivations golden = golden(variant, shape);
    Graph graph = variant.network().graph();
    assertThat(golden.names()).containsExactlyElementsOf(graph.labels().keySet());
    GoldenAssertions.assertComputes(
        Executor.ALL,
        golden,
        graph,
        weights(variant, graph),
        input(variant, shape),
        golden.names());
  }

  /** Layers that nobody asks for may be fused away. */
  @ParameterizedTest
  @MethodSource("cases")
  void theHeadsAloneAreThoseOfPyTorch(Variant variant, Shape shape) throws IOException {
    Graph graph = variant.network().graph();
    GoldenAssertions.assertComputes(
        Executor.PLANS,
        golden(variant, shape),
        graph,
        weights(variant, graph),
        input(variant, shape),
        graph.outputs());
  }

  /** Float32 cannot be exact; it is to be as good as PyTorch's, twice its error at most. */
  @ParameterizedTest
  @EnumSource
  void theErrorAgainstFloat64IsThatOfPyTorch(Variant variant) throws IOException {
    Shape shape = Shape.of(1, 3, 97, 131);
    GoldenActivations golden = golden(variant, shape);
    Graph graph = variant.network().graph();
    Map<String, Tensor> weights = weights(variant, graph);
    for (Executor executor : List.of(Executor.REFERENCE, Executor.PLAN_ONE_THREAD)) {
      Map<String, Tensor> actual =
          executor.run(graph, weights, input(variant, shape), graph.outputs());
      for (String head : graph.outputs()) {
        Tensor exact = golden.exact(head);
        Difference pytorch = Difference.between(golden.expected(head), exact);
        Difference ours = Difference.between(golden.select(head, actual.get(head)), exact);
        assertThat(ours.maxAbsolute())
            .as("%s of %s by %s", head, variant, executor)
            .isLessThanOrEqualTo(2 * pytorch.maxAbsolute());
      }
    }
  }

  private static GoldenActivations golden(Variant variant, Shape shape) throws IOException {
    return GoldenActivations.read(variant.id(), shape);
  }

  private static Map<String, Tensor> weights(Variant variant, Graph graph) {
    return SeededTensors.parameters(graph, seed(variant));
  }

  private static Map<String, Tensor> input(Variant variant, Shape shape) {
    return Map.of(
        HydraNetwork.INPUT, SeededTensors.picture(HydraNetwork.INPUT, shape, seed(variant)));
  }

  /** As in {@code proof/validation/activations.py}. */
  private static long seed(Variant variant) {
    return switch (variant) {
      case KITTI -> 3;
      case NYUD -> 18;
      case NYUD3 -> 23;
      case NYUDKITTI -> 54;
    };
  }
}
