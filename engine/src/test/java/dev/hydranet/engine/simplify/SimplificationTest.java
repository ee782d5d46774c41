package dev.hydranet.engine.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.verify.Difference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What exporters write in many operators becomes the one that it is, and computes the same. */
class SimplificationTest {
  private final GraphBuilder builder = new GraphBuilder();
  private final Map<String, Tensor> constants = new HashMap<>();
  private final Value x = builder.input("x");

  private Value constant(Tensor tensor) {
    String name = "c" + constants.size();
    constants.put(name + ".value", tensor);
    return builder.op(name, new Rearrange.Constant(tensor.shape()));
  }

  private Value number(double number) {
    return constant(Tensor.of(Shape.of(), (float) number));
  }

  private Value binary(String name, Binary.Function function, Value a, Value b) {
    return builder.op(name, new Binary(function), a, b);
  }

  private Value unary(String name, Unary.Function function, Value a) {
    return builder.op(name, new Unary(function), a);
  }

  /** The operators of the simplified network, which has the values of the original. */
  private List<Op> simplified(Value output, Shape shape) {
    builder.output("output", output);
    var graph = builder.build();
    Map<String, Tensor> weights = new HashMap<>(SeededTensors.parameters(graph, 1));
    weights.putAll(constants);
    Network network = Network.of(graph, weights, Map.of());
    Network simple = network.specialize(Map.of("x", shape), graph.outputs());
    Map<String, Tensor> inputs = Map.of("x", SeededTensors.uniform("x", shape, 2));
    Tensor expected = ReferenceExecutor.run(graph, weights, inputs, graph.outputs()).get("output");
    Tensor found = simple.reference(inputs, List.of("output")).get("output");
    assertThat(Difference.between(found, expected).maxRelative()).isLessThan(1e-5);
    return simple.graph().nodes().stream().map(Node::op).toList();
  }

  @Test
  void swish() {
    Value gate = unary("gate", Unary.Function.SIGMOID, x);
    assertThat(simplified(binary("y", Binary.Function.MUL, gate, x), Shape.of(2, 3)))
        .containsExactly(new Unary(Unary.Function.SWISH, 1, 0));
  }

  @Test
  void hardSwishDividedLast() {
    Value sum = binary("sum", Binary.Function.ADD, x, number(3));
    Value bounded = builder.op("bounded", new Unary(Unary.Function.CLIP, 0, 6), sum);
    Value product = binary("product", Binary.Function.MUL, x, bounded);
    assertThat(simplified(binary("y", Binary.Function.DIV, product, number(6)), Shape.of(2, 9)))
        .containsExactly(new Unary(Unary.Function.HARD_SWISH));
  }

  @Test
  void hardSwishOfHardSigmoid() {
    Value sum = binary("sum", Binary.Function.ADD, number(3), x);
    Value bounded = builder.op("bounded", new Activation(Activation.Function.RELU6), sum);
    Value gate = binary("gate", Binary.Function.MUL, bounded, number(1.0 / 6));
    assertThat(simplified(binary("y", Binary.Function.MUL, gate, x), Shape.of(7)))
        .containsExactly(new Unary(Unary.Function.HARD_SWISH));
  }

  @Test
  void geluAsPyTorchWritesIt() {
    Value erf =
        unary("erf", Unary.Function.ERF, binary("q", Binary.Function.DIV, x, number(Math.sqrt(2))));
    Value sum = binary("sum", Binary.Function.ADD, erf, number(1));
    Value product = binary("product", Binary.Function.MUL, x, sum);
    assertThat(simplified(binary("y", Binary.Function.MUL, product, number(0.5)), Shape.of(4, 5)))
        .containsExactly(new Unary(Unary.Function.GELU));
  }

  @Test
  void geluWithHalfOfX() {
    Value half = binary("half", Binary.Function.MUL, x, number(0.5));
    Value erf =
        unary(
            "erf", Unary.Function.ERF, binary("q", Binary.Function.MUL, x, number(Math.sqrt(0.5))));
    Value sum = binary("sum", Binary.Function.ADD, number(1), erf);
    assertThat(simplified(binary("y", Binary.Function.MUL, half, sum), Shape.of(3, 3)))
        .containsExactly(new Unary(Unary.Function.GELU));
  }

  @Test
  void layerNormalisation() {
    Value mean = builder.op("mean", new Reduce(Reduce.Function.MEAN, List.of(-1), true), x);
    Value centred = binary("centred", Binary.Function.SUB, x, mean);
    Value square = binary("square", Binary.Function.POW, centred, number(2));
    Value variance =
        builder.op("variance", new Reduce(Reduce.Function.MEAN, List.of(-1), true), square);
    Value root =
        unary(
            "root",
            Unary.Function.SQRT,
            binary("sum", Binary.Function.ADD, variance, number(1e-5)));
    Value normal = binary("normal", Binary.Function.DIV, centred, root);
    Value scaled =
        binary(
            "scaled",
            Binary.Function.MUL,
            normal,
            constant(SeededTensors.uniform("w", Shape.of(12), 3)));
    Value y =
        binary(
            "y",
            Binary.Function.ADD,
            scaled,
            constant(SeededTensors.uniform("b", Shape.of(12), 4)));
    assertThat(simplified(y, Shape.of(2, 5, 12)))
        .singleElement()
        .isInstanceOf(Normalize.Layer.class);
  }

  @Test
  void biasOfALinearLayer() {
    Value product = builder.op("fc", new Linear(6, 4, false), x);
    Value bias = constant(SeededTensors.uniform("b", Shape.of(4), 3));
    assertThat(simplified(binary("y", Binary.Function.ADD, bias, product), Shape.of(2, 3, 6)))
        .containsExactly(new Linear(6, 4, true));
  }

  @Test
  void factorsOfChannels() {
    Value factors = constant(SeededTensors.uniform("f", Shape.of(1, 5, 1, 1), 3));
    assertThat(simplified(binary("y", Binary.Function.MUL, x, factors), Shape.of(2, 5, 3, 4)))
        .containsExactly(new BatchNorm(5, 0));
  }

  @Test
  void numbersAndFactorsBehindEachOther() {
    Value factors = constant(SeededTensors.uniform("f", Shape.of(5, 1, 1), 3));
    Value product = binary("product", Binary.Function.MUL, number(0.7), x);
    Value sum = binary("sum", Binary.Function.ADD, product, factors);
    Value difference = binary("difference", Binary.Function.SUB, number(2), sum);
    assertThat(
            simplified(binary("y", Binary.Function.SUB, difference, factors), Shape.of(2, 5, 3, 4)))
        .containsExactly(new BatchNorm(5, 0));
  }

  @Test
  void hardSwishOfAnImage() {
    Value sum = binary("sum", Binary.Function.ADD, x, number(3));
    Value bounded = builder.op("bounded", new Unary(Unary.Function.CLIP, 0, 6), sum);
    Value product = binary("product", Binary.Function.MUL, x, bounded);
    Value y = binary("y", Binary.Function.DIV, product, number(6));
    assertThat(simplified(y, Shape.of(1, 2, 3, 4)))
        .containsExactly(new Unary(Unary.Function.HARD_SWISH));
  }

  @Test
  void tapsThatSeePaddingOnly() {
    Size three = Size.square(3);
    Size one = Size.square(1);
    Size pad = new Size(8, 6);
    Conv2d conv = new Conv2d(3, 4, three, one, pad, new Size(8, 6), 1, true);
    assertThat(simplified(builder.op("y", conv, x), Shape.of(2, 3, 7, 9)))
        .containsExactly(
            new Conv2d(3, 4, new Size(1, 3), one, new Size(0, 6), new Size(1, 6), 1, true));
  }

  @Test
  void tapsThatSeeTheImageStay() {
    Size three = Size.square(3);
    Conv2d conv = new Conv2d(3, 4, three, Size.square(1), Size.square(6), Size.square(6), 1, false);
    assertThat(simplified(builder.op("y", conv, x), Shape.of(1, 3, 7, 7))).containsExactly(conv);
  }

  @Test
  void zerosAroundAConvolution() {
    Rearrange.Pad pad =
        new Rearrange.Pad(Rearrange.Pad.Mode.CONSTANT, List.of(0, 0, 0, 1), List.of(0, 0, 1, 2), 0);
    Value y = builder.op("y", Conv2d.of(3, 4, 3), builder.op("pad", pad, x));
    assertThat(simplified(y, Shape.of(1, 3, 7, 8)))
        .singleElement()
        .isEqualTo(
            new Conv2d(
                3,
                4,
                Size.square(3),
                Size.square(1),
                new Size(0, 1),
                new Size(1, 2),
                Size.square(1),
                1,
                false));
  }

  @Test
  void bilinearResizing() {
    Resize resize =
        new Resize(
            Resize.Mode.LINEAR,
            Resize.Coordinates.PYTORCH_HALF_PIXEL,
            Resize.Rounding.FLOOR,
            -0.75f,
            false,
            List.of(1, 2, 8, 6),
            List.of(1f, 1f, 2f, 2f));
    assertThat(simplified(builder.op("y", resize, x), Shape.of(1, 2, 4, 3)))
        .singleElement()
        .isInstanceOf(Upsample.class);
  }

  /** A value that is wanted itself stays. */
  @Test
  void whatElseIsReadStays() {
    Value gate = unary("gate", Unary.Function.SIGMOID, x);
    builder.output("gate", gate);
    assertThat(simplified(binary("y", Binary.Function.MUL, gate, x), Shape.of(2, 3))).hasSize(2);
  }
}
