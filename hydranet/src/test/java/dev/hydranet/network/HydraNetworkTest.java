package dev.hydranet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HydraNetworkTest {
  private static final HydraNetwork SMALL =
      HydraNetwork.of(5, EnumSet.allOf(Task.class)).scaled(0.1);

  /** The numbers were printed by {@code proof/validation/networks.py}. */
  @ParameterizedTest
  @CsvSource({
    "NYUD, 480, 640, 5940288000",
    "NYUD3, 480, 640, 6077913600",
    "NYUDKITTI, 480, 640, 6205708800",
    "KITTI, 480, 640, 4436236800",
    "KITTI, 350, 1200, 6106360832",
    "KITTI, 370, 1226, 6723947120",
    "KITTI, 33, 33, 28375488",
    "KITTI, 1, 1, 2960064"
  })
  void multipliesAndAddsAsOftenAsPyTorch(Variant variant, int height, int width, long expected) {
    Graph graph = variant.network().graph();
    Map<String, Shape> shapes = shapes(graph, Shape.of(1, 3, height, width));
    long macs = 0;
    for (Node node : graph.nodes()) {
      macs += node.op().macs(Graph.inputShapes(node, shapes));
    }
    assertThat(macs).isEqualTo(expected);
  }

  @Test
  void labelsAreInTheOrderOfTheCommandLine() {
    assertThat(Variant.NYUD3.network().graph().labels().keySet())
        .containsExactly(
            "layer1",
            "layer2",
            "layer3",
            "layer4",
            "layer5",
            "layer6",
            "layer7",
            "layer8",
            "conv8",
            "conv7",
            "conv6",
            "conv5",
            "conv4",
            "conv3",
            "crp4",
            "crp3",
            "crp2",
            "crp1",
            "conv_adapt4",
            "conv_adapt3",
            "conv_adapt2",
            "pre_segm",
            "pre_depth",
            "pre_normal",
            "segm",
            "depth",
            "normal");
    assertThat(Variant.NYUD3.network().graph().outputs())
        .containsExactly("segm", "depth", "normal");
  }

  @ParameterizedTest
  @CsvSource({"370, 1226, 93, 307", "480, 640, 120, 160", "33, 5, 9, 2", "1, 1, 1, 1"})
  void theHeadsHaveAQuarterOfTheSizeRoundedUpTwice(int height, int width, int rows, int columns) {
    Graph graph = SMALL.graph();
    Map<String, Shape> shapes = shapes(graph, Shape.of(2, 3, height, width));
    assertThat(shapes.get("segm")).isEqualTo(Shape.of(2, 5, rows, columns));
    assertThat(shapes.get("depth")).isEqualTo(Shape.of(2, 1, rows, columns));
    assertThat(shapes.get("normal")).isEqualTo(Shape.of(2, 3, rows, columns));
  }

  @ParameterizedTest
  @EnumSource
  void aPublishedNetworkIsReadFromItsWeights(Variant variant) {
    assertThat(HydraNetwork.of(weights(variant.network()))).isEqualTo(variant.network());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.35, 1.4})
  void anyWidthIsReadFromTheWeights(double width) {
    for (Task task : Task.values()) {
      HydraNetwork network =
          HydraNetwork.of(task == Task.SEGM ? 3 : 0, EnumSet.of(task)).scaled(width);
      assertThat(HydraNetwork.of(weights(network))).isEqualTo(network);
    }
  }

  @Test
  void aWidthOfOneChangesNothing() {
    assertThat(Variant.KITTI.network().scaled(1)).isEqualTo(Variant.KITTI.network());
  }

  @Test
  void everythingThatIsWrongIsListedAtOnce() {
    Map<String, Tensor> weights = weights(SMALL);
    weights.remove("layer4.1.output.1.1.bias");
    weights.put("crp3.0.2_outvar_dimred.weight", Tensor.zeros(Shape.of(24, 23, 1, 1)));
    weights.put("optimizer", Tensor.zeros(Shape.of(2)));
    assertThat(mismatch(weights).problems())
        .containsExactly(
            "missing layer4.1.output.1.1.bias [48]",
            "crp3.0.2_outvar_dimred.weight: expected shape [24, 24, 1, 1], found [24, 23, 1, 1]",
            "unexpected optimizer [2]");
  }

  @Test
  void tensorsThatContradictEachOtherAreNamed() {
    Map<String, Tensor> weights = weights(SMALL);
    weights.put("segm.weight", Tensor.zeros(Shape.of(6, 24, 3, 3)));
    assertThat(mismatch(weights).problems())
        .containsExactly("segm.bias: expected shape [6], found [5]");
  }

  @Test
  void aMissingHalfOfAHeadIsNamed() {
    Map<String, Tensor> weights = weights(SMALL);
    weights.remove("normal.weight");
    weights.remove("normal.bias");
    assertThat(mismatch(weights).problems())
        .containsExactly("missing normal.weight [3, 24, 3, 3]", "missing normal.bias [3]");
  }

  /** The width of a tensor that cannot tell is taken to be the published one. */
  @ParameterizedTest
  @ValueSource(strings = {"layer1.0.weight", "layer5.0.output.2.0.weight", "conv8.weight"})
  void aTensorThatTellsTheWidthIsNamedWhenItIsMisshapen(String name) {
    Map<String, Tensor> weights = weights(Variant.KITTI.network());
    weights.put(name, Tensor.zeros(Shape.of(0, 1, 1, 1)));
    assertThat(mismatch(weights).problems()).singleElement().asString().startsWith(name + ": ");
    weights.put(name, Tensor.zeros(Shape.of(7)));
    assertThat(mismatch(weights).problems()).singleElement().asString().startsWith(name + ": ");
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedInOneLine() {
    Map<String, Tensor> weights = SeededTensors.parameters(MobileNetV2.of(0.35, 10).graph(), 1);
    assertThat(mismatch(weights).problems())
        .singleElement()
        .asString()
        .startsWith(
            "expected a HydraNet with layer1.0.weight, conv8.weight and segm.weight, depth.weight"
                + " or normal.weight, found none of these heads among 262 tensors: \"features.0.")
        .endsWith("\", ...");
    weights.put("depth.weight", Tensor.zeros(Shape.of(1, 8, 3, 3)));
    assertThat(mismatch(weights).problems())
        .singleElement()
        .asString()
        .contains("found neither of the first two among 263 tensors: ");
  }

  @Test
  void aTensorThatTellsTheWidthIsNamedWhenItIsMissing() {
    Map<String, Tensor> weights = weights(Variant.KITTI.network());
    weights.remove("layer1.0.weight");
    weights.remove("layer7.0.output.2.0.weight");
    assertThat(mismatch(weights).problems())
        .containsExactly(
            "missing layer1.0.weight [32, 3, 3, 3]",
            "missing layer7.0.output.2.0.weight [160, 576, 1, 1]");
  }

  @Test
  void aConfigurationThatCannotBeIsRefused() {
    assertThatThrownBy(() -> HydraNetwork.of(3, EnumSet.noneOf(Task.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one task, found none");
    assertThatThrownBy(() -> HydraNetwork.of(0, EnumSet.of(Task.SEGM)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 classes do not go with tasks [segm]");
    assertThatThrownBy(() -> HydraNetwork.of(2, EnumSet.of(Task.DEPTH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 classes do not go with tasks [depth]");
    assertThatThrownBy(() -> SMALL.scaled(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the width must be positive, found 0.0");
    assertThatThrownBy(() -> new HydraNetwork(8, List.of(8, 8), 8, 1, EnumSet.of(Task.SEGM)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the channels of 7 stages, found [8, 8]");
    assertThatThrownBy(
            () -> new HydraNetwork(8, List.of(8, 8, 8, 0, 8, 8, 8), 8, 1, EnumSet.of(Task.SEGM)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("channels must be at least 1, found stem 8, stages [8, 8, 8, 0");
  }

  private static WeightsMismatchException mismatch(Map<String, Tensor> weights) {
    return catchThrowableOfType(WeightsMismatchException.class, () -> HydraNetwork.of(weights));
  }

  private static Map<String, Tensor> weights(HydraNetwork network) {
    return SeededTensors.parameters(network.graph(), 1);
  }

  private static Map<String, Shape> shapes(Graph graph, Shape input) {
    return graph.shapes(Map.of(HydraNetwork.INPUT, input));
  }
}
