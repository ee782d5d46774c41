package dev.hydranet.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Graph graph = build();

  private static Graph build() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    x = g.conv2d("layer1.0", x, Conv2d.of(3, 8, 3).withStride(2).withPadding(1));
    x = g.batchNorm("layer1.1", x, 8);
    x = g.relu6("layer1.2", x);
    g.label("layer1", x);
    Value y = g.maxPool2d("pool", x, 2, 2, 0);
    g.output("segm", g.conv2d("segm", y, Conv2d.of(8, 5, 1).withBias()));
    return g.build();
  }

  @Test
  void shapesOfEveryValue() {
    assertThat(graph.shapes(Map.of("input", Shape.of(2, 3, 9, 11))))
        .containsExactly(
            Map.entry("input", Shape.of(2, 3, 9, 11)),
            Map.entry("layer1.0", Shape.of(2, 8, 5, 6)),
            Map.entry("layer1.1", Shape.of(2, 8, 5, 6)),
            Map.entry("layer1.2", Shape.of(2, 8, 5, 6)),
            Map.entry("pool", Shape.of(2, 8, 2, 3)),
            Map.entry("segm", Shape.of(2, 5, 2, 3)));
  }

  @Test
  void anInputOfTheWrongShapeNamesTheNodeThatDoesNotTakeIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.shapes(Map.of("input", Shape.of(1, 4, 8, 8))))
        .withMessage("layer1.0 (Conv2d): expected 3 channels, found shape [1, 4, 8, 8]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.shapes(Map.of("input", Shape.of(1, 3, 2, 8))))
        .withMessage("pool (MaxPool2d): height 1 with padding 0 is smaller than the kernel's 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.shapes(Map.of("image", Shape.of(1, 3, 8, 8))))
        .withMessageContaining("'input'");
  }

  @Test
  void valuesHaveTheNamesOfNodesLabelsAndInputs() {
    assertThat(graph.resolve("layer1")).isEqualTo("layer1.2");
    assertThat(graph.resolve("layer1.0")).isEqualTo("layer1.0");
    assertThat(graph.resolve("input")).isEqualTo("input");
    assertThat(graph.outputs()).containsExactly("segm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.resolve("layer9"))
        .withMessage("the graph has no value named 'layer9'; it has layer1, segm");
  }

  @Test
  void parametersHaveTheirFullNamesInOrder() {
    assertThat(graph.parameters().keySet())
        .containsExactly(
            "layer1.0.weight",
            "layer1.1.weight",
            "layer1.1.bias",
            "layer1.1.running_mean",
            "layer1.1.running_var",
            "segm.weight",
            "segm.bias");
  }

  @Test
  void weightsThatDoNotFitAreListedAllAtOnce() {
    Map<String, Tensor> weights = new HashMap<>();
    graph.parameters().forEach((name, p) -> weights.put(name, Tensor.zeros(p.shape())));
    graph.checkWeights(weights);

    weights.remove("layer1.1.bias");
    weights.put("segm.weight", Tensor.zeros(Shape.of(6, 8, 1, 1)));
    weights.put("depth.weight", Tensor.zeros(Shape.of(1)));
    assertThatThrownBy(() -> graph.checkWeights(weights))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageNotContaining("\n")
        .extracting(e -> ((WeightsMismatchException) e).problems())
        .isEqualTo(
            List.of(
                "missing layer1.1.bias [8]",
                "segm.weight: expected shape [5, 8, 1, 1], found [6, 8, 1, 1]",
                "unexpected depth.weight [1]"));
  }

  @Test
  void weightsOfSomethingElseDoNotMakeALineWithoutEnd() {
    Map<String, Tensor> weights = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      weights.put(i + "\n\u001b[2J".repeat(1000), Tensor.zeros(Shape.of(1)));
    }
    assertThatThrownBy(() -> graph.checkWeights(weights))
        .hasMessageNotContainingAny("\n", "\u001b")
        .hasMessageEndingWith(" [1]; and 4997 more")
        .message()
        .hasSizeLessThan(10 * 500);
  }

  @Test
  void namesAreUnique() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Value y = g.relu("a", x);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.relu("a", x))
        .withMessageContaining("'a'");
    g.label("b", y);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.relu("b", x))
        .withMessageContaining("'b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.label("b", x))
        .withMessageContaining("'b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.label("a", x))
        .withMessageContaining("'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.add("sum", y, new Value("elsewhere")))
        .withMessageContaining("'elsewhere'");
  }

  @Test
  void anOutputIsOneHoweverOftenItIsNamed() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.relu("a", g.input("input"));
    assertThatIllegalStateException().isThrownBy(g::build);
    g.output("a", x);
    g.output("a", x);
    g.output("b", x);
    assertThat(g.build().outputs()).containsExactly("a", "b");
  }

  @Test
  void nodesWithoutANameGetOneThatIsFree() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("relu6_1");
    Value first = g.relu6(x);
    g.label("relu6_3", first);
    Value second = g.relu6(first);
    assertThat(first.name()).isEqualTo("relu6_2");
    assertThat(second.name()).isEqualTo("relu6_4");
    g.output("sum", g.add(first, second));
    assertThat(g.build().resolve("sum")).isEqualTo("add_1");
  }

  /** Each method appends its operator, with a name and without. */
  @Test
  void everyMethodAppendsItsOperator() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x");
    Value image = g.conv2d("c", g.conv2d(x, Conv2d.of(3, 4, 1)), Conv2d.of(4, 4, 1));
    image = g.batchNorm("b", g.batchNorm(image, 4), 4);
    image = g.relu6("r6", g.relu6(g.relu("r", g.relu(image))));
    image = g.maxPool2d("m", g.maxPool2d(image, 3, 1, 1), 3, 1, 1);
    image = g.avgPool2d("a", g.avgPool2d(image, 3, 1, 1), 3, 1, 1);
    image = g.upsampleLike("u", g.upsampleLike(image, x), x);
    image = g.add("s", g.add(image, image), image);
    g.output("classes", g.argMax("am", g.softmax("sm", g.softmax(image))));
    Value joined = g.concat("cc", g.concat(image, image), image);
    Value row = g.flatten("f", g.globalAvgPool("g", joined));
    g.output("row", g.argMax(g.linear("l", g.linear(row, 12, 5), 5, 2)));
    g.output("pixels", g.flatten(g.globalAvgPool(image)));
    Graph built = g.build();
    assertThat(built.nodes().stream().map(node -> node.op().kind()))
        .containsExactly(
            "Conv2d",
            "Conv2d",
            "BatchNorm",
            "BatchNorm",
            "ReLU",
            "ReLU",
            "ReLU6",
            "ReLU6",
            "MaxPool2d",
            "MaxPool2d",
            "AvgPool2d",
            "AvgPool2d",
            "Upsample",
            "Upsample",
            "Add",
            "Add",
            "Softmax",
            "Softmax",
            "ArgMax",
            "Concat",
            "Concat",
            "GlobalAvgPool",
            "Flatten",
            "Linear",
            "Linear",
            "ArgMax",
            "GlobalAvgPool",
            "Flatten");
    Map<String, Shape> shapes = built.shapes(Map.of("x", Shape.of(2, 3, 7, 5)));
    assertThat(shapes.get(built.resolve("classes"))).isEqualTo(Shape.of(2, 1, 7, 5));
    assertThat(shapes.get("cc")).isEqualTo(Shape.of(2, 12, 7, 5));
    assertThat(shapes.get(built.resolve("row"))).isEqualTo(Shape.of(2, 1));
    assertThat(shapes.get(built.resolve("pixels"))).isEqualTo(Shape.of(2, 4));
    assertThat(built.parameters()).containsKeys("linear_1.weight", "l.bias", "batchnorm_1.weight");
  }
}
