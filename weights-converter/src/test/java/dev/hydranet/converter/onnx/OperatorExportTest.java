package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Flatten;
import dev.hydranet.engine.graph.GlobalAvgPool;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Upsample.Mode;
import dev.hydranet.engine.graph.Upsample.Target;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator alone, exported, run by ONNX Runtime and by both executors. */
class OperatorExportTest {
  private static final long SEED = 7;

  @TempDir private Path folder;

  static Stream<Arguments> operators() {
    Shape image = Shape.of(2, 6, 13, 10);
    Shape vector = Shape.of(3, 9);
    Size one = Size.square(1);
    Size oblong = new Size(3, 2);
    return Stream.of(
        one(Conv2d.of(6, 5, 3), image),
        one(Conv2d.pointwise(6, 7).withBias(), image),
        one(Conv2d.depthwise(6, 5, 2), image),
        one(Conv2d.of(6, 8, 3).withGroups(2).withDilation(3).withPadding(4).withStride(2), image),
        one(new Conv2d(6, 5, oblong, new Size(1, 3), new Size(0, 4), oblong, 1, true), image),
        one(new BatchNorm(6, 1e-3), image),
        one(new Activation(Activation.Function.RELU), image),
        one(new Activation(Activation.Function.RELU), vector),
        one(new Activation(Activation.Function.RELU6), image),
        one(new Add(), image, image),
        one(new Add(), vector, vector),
        one(new Concat(), image),
        one(new Concat(), image, Shape.of(2, 1, 13, 10), image),
        one(MaxPool2d.of(5, 1, 2), image),
        one(new MaxPool2d(oblong, new Size(1, 3), one), image),
        one(AvgPool2d.of(3, 2, 1), image),
        one(new AvgPool2d(oblong, new Size(1, 3), one, false), image),
        one(new AvgPool2d(oblong, new Size(1, 3), one, true), image),
        one(new GlobalAvgPool(), image),
        one(new Softmax(), image),
        one(new Softmax(), vector),
        one(new ArgMax(), image),
        one(new ArgMax(), vector),
        one(new Flatten(), image),
        one(new Linear(9, 4, true), vector),
        one(new Linear(9, 4, false), vector));
  }

  private static Arguments one(Op op, Shape... inputs) {
    return Arguments.of(op, List.of(inputs));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void everyOperator(Op op, List<Shape> inputs) throws Exception {
    agrees(op, inputs);
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToResize(Mode mode) throws Exception {
    Shape image = Shape.of(2, 3, 5, 8);
    agrees(new Upsample(mode, new Target.By(new Size(2, 3))), List.of(image));
    agrees(new Upsample(mode, new Target.To(new Size(1, 1))), List.of(image));
    agrees(new Upsample(mode, new Target.To(new Size(11, 3))), List.of(image));
    agrees(new Upsample(mode, new Target.Like()), List.of(image, Shape.of(2, 1, 7, 1)));
    agrees(new Upsample(mode, new Target.Like()), List.of(Shape.of(1, 3, 1, 1), image));
    agrees(new Upsample(mode, new Target.Like()), List.of(image, image));
  }

  /** Pairs of extents for which the nearest pixel hangs on the rounding of a coordinate. */
  @ParameterizedTest
  @CsvSource({"2, 82", "14, 2", "9, 111", "6, 74"})
  void nearestPixelToASizeIsPyTorchs(int in, int out) throws Exception {
    Upsample upsample = new Upsample(Mode.NEAREST, new Target.To(new Size(out, in)));
    agrees(upsample, List.of(Shape.of(1, 1, in, out)));
  }

  @Test
  void nearestPixelByAFactorIsPyTorchs() throws Exception {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input0");
    for (int factor = 1; factor <= 40; factor++) {
      Upsample upsample = new Upsample(Mode.NEAREST, new Target.By(new Size(1, factor)));
      g.output("by" + factor, g.op("by" + factor, upsample, x));
    }
    agrees("factors 1 to 40", g.build(), List.of(Shape.of(1, 1, 2, 17)));
  }

  @Test
  void firstOfEqualsIsTheLargest() throws Exception {
    Tensor scores = Tensor.of(Shape.of(2, 4), 1, 3, 3, 2, 5, 5, 5, 5);
    Tensor index = runOrt(new ArgMax(), scores);
    assertThat(index.shape()).isEqualTo(Shape.of(2, 1));
    assertThat(index.data()).containsExactly(1, 0);
  }

  @Test
  void softmaxDoesNotOverflow() throws Exception {
    Tensor scores = Tensor.of(Shape.of(1, 3), 1e4f, 1e4f, -1e4f);
    assertThat(runOrt(new Softmax(), scores).data()).containsExactly(0.5f, 0.5f, 0);
  }

  private Tensor runOrt(Op op, Tensor input) throws Exception {
    Path file = folder.resolve("operator.onnx");
    Map<String, InputShape> fixed = Map.of("input0", new InputShape.Fixed(input.shape()));
    OnnxExport.write(file, graph(op, 1), Map.of(), fixed, Map.of());
    try (OrtModel model = new OrtModel(file)) {
      return model.run(Map.of("input0", input)).get("output");
    }
  }

  private void agrees(Op op, List<Shape> shapes) throws Exception {
    agrees(op.toString(), graph(op, shapes.size()), shapes);
  }

  /** Exported for these shapes, and for any where the inputs are images. */
  private void agrees(String subject, Graph graph, List<Shape> shapes) throws Exception {
    Map<String, InputShape> fixed = new LinkedHashMap<>();
    Map<String, InputShape> free = new LinkedHashMap<>();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Shape shape : shapes) {
      String name = "input" + inputs.size();
      inputs.put(name, SeededTensors.uniform(name, shape, SEED));
      fixed.put(name, new InputShape.Fixed(shape));
      if (shape.rank() == 4) {
        free.put(name, new InputShape.AnySize(shape.channels()));
      }
    }
    Map<String, Tensor> weights = SeededTensors.parameters(graph, SEED);
    List<Map<String, InputShape>> exports = new ArrayList<>(List.of(fixed));
    if (free.size() == shapes.size()) {
      exports.add(free);
    }
    for (Map<String, InputShape> accepted : exports) {
      Path file = folder.resolve("operator.onnx");
      OnnxExport.write(file, graph, weights, accepted, Map.of());
      try (OrtModel model = new OrtModel(file)) {
        String message = subject + " of " + accepted + " at " + inputs + ", seed " + SEED;
        OrtAgreement.check(message, graph, weights, model, inputs);
      }
    }
  }

  private static Graph graph(Op op, int inputs) {
    GraphBuilder g = new GraphBuilder();
    Value[] operands = new Value[inputs];
    Arrays.setAll(operands, i -> g.input("input" + i));
    g.output("output", g.op("operator", op, operands));
    return g.build();
  }
}
