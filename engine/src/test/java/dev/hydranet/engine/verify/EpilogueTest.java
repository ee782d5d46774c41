package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.ConvTranspose2d;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Functions, factors and clamps behind other operators, in the same step where that is possible.
 */
class EpilogueTest {
  private static final Shape IMAGE = Shape.of(2, 19, 9, 11);

  /** What is before the epilogue. */
  enum Head {
    POINTWISE(1, Conv2d.pointwise(19, 19).withBias()),
    STANDARD(1, Conv2d.of(19, 19, 3).withStride(2).withBias()),
    DEPTHWISE(1, Conv2d.depthwise(19, 5, 2)),
    GROUPED(1, Conv2d.of(19, 19 * 2, 3).withGroups(19).withBias()),
    WINOGRAD(2, Conv2d.of(19, 19, 3).withPadding(1)),
    TRANSPOSED(2, null),
    SUM(2, null);

    /** Where there are vectors. */
    private final int steps;

    private final Conv2d conv;

    Head(int steps, Conv2d conv) {
      this.steps = steps;
      this.conv = conv;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionAndFactors(Head head) {
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.input("x");
    Value y = head(builder, head, x);
    int channels = head.conv == null ? IMAGE.channels() : head.conv.outChannels();
    y = builder.op("swish", new Unary(Unary.Function.SWISH, 1, 0), y);
    y = builder.op("norm", BatchNorm.of(channels), y);
    y = builder.op("relu", new Activation(Activation.Function.RELU6), y);
    check(builder, y, head == Head.WINOGRAD ? 3 : head.steps);
  }

  @ParameterizedTest
  @EnumSource
  void factorsBehindAClamp(Head head) {
    GraphBuilder builder = new GraphBuilder();
    Value y = head(builder, head, builder.input("x"));
    int channels = head.conv == null ? IMAGE.channels() : head.conv.outChannels();
    y = builder.op("relu", new Activation(Activation.Function.RELU), y);
    y = builder.op("norm", BatchNorm.of(channels), y);
    check(builder, y, head.steps);
  }

  /** The kernels of whole blocks know no epilogues; nor is what several read changed in place. */
  @ParameterizedTest
  @EnumSource(names = {"HARD_SWISH", "SIGMOID", "GELU"})
  void insideAnInvertedResidual(Unary.Function function) {
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.input("x");
    Value y = builder.op("expand", Conv2d.pointwise(19, 700), x);
    y = builder.op("f1", new Unary(function), y);
    y = builder.op("depthwise", Conv2d.depthwise(700, 3, 1), y);
    Value f2 = builder.op("f2", new Unary(function), y);
    y = builder.op("project", Conv2d.pointwise(700, 19), f2);
    y = builder.op("sum", new Add(), x, y);
    Value pooled = builder.op("pooled", Conv2d.pointwise(700, 19), f2);
    y = builder.op("product", new Binary(Binary.Function.MUL), y, pooled);
    check(builder, y, 5);
  }

  private static Value head(GraphBuilder builder, Head head, Value x) {
    if (head == Head.TRANSPOSED) {
      ConvTranspose2d conv =
          new ConvTranspose2d(
              19,
              19,
              new Size(3, 2),
              new Size(2, 3),
              new Size(1, 0),
              new Size(0, 1),
              new Size(2, 1),
              1,
              true);
      return builder.op("normed", BatchNorm.of(19), builder.op("head", conv, x));
    }
    if (head.conv == null) {
      Value other = builder.op("other", new Unary(Unary.Function.ABS), x);
      return builder.op("head", new Add(), x, other);
    }
    return builder.op("head", head.conv, x);
  }

  private static void check(GraphBuilder builder, Value y, int steps) {
    builder.output("y", y);
    Graph graph = builder.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Map<String, Tensor> inputs = Map.of("x", SeededTensors.uniform("x", IMAGE, 2));
    List<String> wanted = List.of("y");
    Tensor expected = ReferenceExecutor.run(graph, weights, inputs, wanted).get("y");
    Tensor found = Executors.runPlan(graph, weights, inputs, wanted, Threads.of(1)).get("y");
    double tolerance = Tolerance.of(graph, Executors.shapes(inputs), wanted).get("y");
    assertThat(Difference.between(found, expected).maxRelative()).isLessThan(tolerance);
    Tensor two = Executors.runPlan(graph, weights, inputs, wanted, Threads.of(2)).get("y");
    assertThat(two.data()).isEqualTo(found.data());
    if (Engine.info().simd()) {
      long computing =
          Planner.plan(graph, weights).info(IMAGE).steps().stream()
              .filter(step -> !step.nodes().isEmpty() && !step.nodes().contains("other"))
              .count();
      assertThat(computing).isEqualTo(steps);
    }
  }
}
