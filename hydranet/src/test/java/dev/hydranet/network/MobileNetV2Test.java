package dev.hydranet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MobileNetV2Test {
  /** torchvision's own figures for mobilenet_v2. */
  @Test
  void hasTheParametersAndMultiplyAddsOfTorchvision() {
    Graph graph = MobileNetV2.of(1, 1000).graph();
    long learned = 0;
    for (Parameter parameter : graph.parameters().values()) {
      learned += parameter.learned() ? parameter.shape().elementCount() : 0;
    }
    assertThat(learned).isEqualTo(3504872);
    Map<String, Shape> shapes = graph.shapes(Map.of(MobileNetV2.INPUT, Shape.of(1, 3, 224, 224)));
    long macs = 0;
    for (Node node : graph.nodes()) {
      macs += node.op().macs(Graph.inputShapes(node, shapes));
    }
    assertThat(macs).isEqualTo(300774272);
  }

  @ParameterizedTest
  @CsvSource({
    "0.35, 16, 8, 1280",
    "0.5, 16, 8, 1280",
    "0.75, 24, 16, 1280",
    "1.0, 32, 16, 1280",
    "1.3, 40, 24, 1664",
    "1.4, 48, 24, 1792"
  })
  void channelsAreRoundedAsInTorchvision(double width, int stem, int first, int features) {
    MobileNetV2 network = MobileNetV2.of(width, 1000);
    assertThat(network.stem()).isEqualTo(stem);
    assertThat(network.stages().get(0)).isEqualTo(first);
    assertThat(network.features()).isEqualTo(features);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.35, 1, 1.4})
  void anyWidthIsReadFromTheWeights(double width) {
    MobileNetV2 network = MobileNetV2.of(width, 17);
    assertThat(MobileNetV2.of(SeededTensors.parameters(network.graph(), 1))).isEqualTo(network);
  }

  @Test
  void everythingThatIsWrongIsListedAtOnce() {
    Map<String, Tensor> weights = SeededTensors.parameters(MobileNetV2.of(0.35, 10).graph(), 1);
    weights.remove("features.3.conv.1.0.weight");
    weights.put("classifier.1.bias", Tensor.zeros(Shape.of(9)));
    weights.put("fc.weight", Tensor.zeros(Shape.of(2, 2)));
    assertThatThrownBy(() -> MobileNetV2.of(weights))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageContaining("missing features.3.conv.1.0.weight [48, 1, 3, 3]")
        .hasMessageContaining("classifier.1.bias: expected shape [10], found [9]")
        .hasMessageContaining("unexpected fc.weight [2, 2]")
        .hasMessageNotContaining("\n");
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedInOneLine() {
    assertThatThrownBy(() -> MobileNetV2.of(Map.of("layer1.0.weight", Tensor.zeros(Shape.of(1)))))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageEndingWith(
            "expected a MobileNetV2 classifier with features.0.0.weight, found no such name among"
                + " 1 tensors: \"layer1.0.weight\"");
  }

  @Test
  void aConfigurationThatCannotBeIsRefused() {
    assertThatThrownBy(() -> MobileNetV2.of(Double.NaN, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the width must be positive, found NaN");
    assertThatThrownBy(() -> MobileNetV2.of(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("channels must be at least 1")
        .hasMessageEndingWith("classes 0");
  }
}
