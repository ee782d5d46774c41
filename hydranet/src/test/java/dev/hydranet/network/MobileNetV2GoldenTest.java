package dev.hydranet.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ImageNet classifier, with seeded weights, against PyTorch. */
class MobileNetV2GoldenTest {
  @ParameterizedTest
  @CsvSource({"1.0, 1, 33, 33", "1.0, 1, 97, 131", "0.35, 2, 35, 47"})
  void everyLayerIsThatOfPyTorch(double width, int batch, int height, int columns)
      throws IOException {
    Shape shape = Shape.of(batch, 3, height, columns);
    Graph graph = MobileNetV2.of(width, 1000).graph();
    GoldenActivations golden = GoldenActivations.read("mobilenetv2-" + width, shape);
    assertThat(golden.names()).containsExactlyElementsOf(graph.labels().keySet());
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Map<String, Tensor> input =
        Map.of(MobileNetV2.INPUT, SeededTensors.picture(MobileNetV2.INPUT, shape, 1));
    GoldenAssertions.assertComputes(Executor.ALL, golden, graph, weights, input, golden.names());
    GoldenAssertions.assertComputes(Executor.PLANS, golden, graph, weights, input, graph.outputs());
  }
}
