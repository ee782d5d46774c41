package dev.hydranet.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WinogradTest {
  /** What may stand around the convolution. */
  enum Around {
    NOTHING,
    /** A factor a channel and ReLU6 before it: a HydraNet's head. */
    SCALE,
    /** Batch normalisation, a sum and ReLU behind it. */
    SUM
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 3, 3, 1, NOTHING",
    "2, 3, 5, 3, 4, 1, SCALE",
    "1, 5, 3, 5, 7, 1, SUM",
    "3, 17, 24, 7, 6, 0, NOTHING",
    "1, 24, 33, 9, 13, 0, SCALE",
    "2, 33, 17, 12, 5, 0, SUM",
    "1, 16, 40, 33, 47, 1, SCALE",
    "5, 31, 9, 4, 4, 1, SUM",
    "1, 8, 3, 3, 151, 1, SCALE",
    "1, 7, 15, 151, 3, 1, SUM",
    "2, 15, 31, 1, 2, 2, SCALE",
    "1, 9, 16, 3, 3, 5, NOTHING",
    "1, 257, 40, 9, 13, 1, SCALE",
    "1, 515, 65, 6, 11, 1, SUM"
  })
  void theAnswerIsThatOfThePlainSums(
      int batch, int in, int out, int height, int width, int padding, Around around) {
    Graph graph = graph(Conv2d.of(in, out, 3).withPadding(padding).withBias(), around);
    check(graph, SeededTensors.uniform("input", Shape.of(batch, in, height, width), 1));
  }

  /** A tile's other outputs must not see what only some of their neighbours do. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f})
  void whatIsNotFiniteOrOverflowsSpreadsNoFurther(float value) {
    for (Around around : Around.values()) {
      Graph graph = graph(Conv2d.of(17, 16, 3).withPadding(1).withBias(), around);
      Tensor input = SeededTensors.uniform("input", Shape.of(2, 17, 11, 13), 1);
      input.data()[4 * 13 + 6] = value;
      input.data()[12 * 143] = value;
      input.data()[20 * 143 - 1] = -value;
      check(graph, input);
    }
  }

  /**
   * At the channels of a HydraNet's head with 40 classes. With the points 0, 1, -1, 2, -2 instead
   * of {@link dev.hydranet.engine.kernel.Winograd}'s, errors of 3e-6 show.
   */
  @Test
  void littleIsLostToRounding() {
    assumeThat(Engine.info().simd()).isTrue();
    Graph graph = graph(Conv2d.of(256, 40, 3).withPadding(1).withBias(), Around.SCALE);
    Tensor input = SeededTensors.uniform("input", Shape.of(1, 256, 15, 19), 1);
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Tensor actual = run(Planner.plan(graph, weights), input, 1);
    assertThat(Difference.between(actual, reference(graph, weights, input)).maxRelative())
        .isLessThan(1e-6);
  }

  /**
   * Tiles of which less than half lies in the image, few tiles for many weights, and other kinds of
   * convolution.
   */
  @Test
  void elsewhereItIsNotUsed() {
    Conv2d conv = Conv2d.of(24, 24, 3).withPadding(1);
    assertThat(kernels(plan(conv), Shape.of(1, 24, 5, 5))).doesNotContain("SimdWinograd");
    assertThat(kernels(plan(conv), Shape.of(1, 24, 1, 99))).doesNotContain("SimdWinograd");
    assertThat(kernels(plan(Conv2d.of(256, 128, 3)), Shape.of(1, 256, 9, 9)))
        .doesNotContain("SimdWinograd");
    Shape large = Shape.of(1, 24, 16, 16);
    assertThat(kernels(plan(conv.withStride(2)), large)).doesNotContain("SimdWinograd");
    assertThat(kernels(plan(conv.withDilation(2)), large)).doesNotContain("SimdWinograd");
    assertThat(kernels(plan(conv.withGroups(2)), large)).doesNotContain("SimdWinograd");
    assertThat(kernels(plan(Conv2d.of(24, 24, 5)), large)).doesNotContain("SimdWinograd");
  }

  private static Plan plan(Conv2d conv) {
    Graph graph = graph(conv, Around.NOTHING);
    return Planner.plan(graph, SeededTensors.parameters(graph, 1));
  }

  private static Graph graph(Conv2d conv, Around around) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Value y =
        switch (around) {
          case NOTHING -> g.conv2d("conv", x, conv);
          case SCALE -> {
            Value scaled = g.conv2d("scale", x, Conv2d.depthwise(conv.inChannels(), 1, 1));
            scaled = g.batchNorm("norm", scaled, conv.inChannels());
            yield g.conv2d("conv", g.relu6("relu6", scaled), conv);
          }
          case SUM -> {
            Value normal = g.batchNorm("norm", g.conv2d("conv", x, conv), conv.outChannels());
            yield g.relu("relu", g.add("sum", normal, g.conv2d("other", x, conv)));
          }
        };
    g.output("out", y);
    return g.build();
  }

  private static void check(Graph graph, Tensor input) {
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Plan plan = Planner.plan(graph, weights);
    if (Engine.info().simd()) {
      assertThat(kernels(plan, input.shape())).contains("SimdWinograd");
    }
    Tensor actual = run(plan, input, 1);
    assertThat(Difference.between(actual, reference(graph, weights, input)).maxRelative())
        .isLessThanOrEqualTo(
            Tolerance.of(graph, Map.of("input", input.shape()), List.of("out")).get("out"));
    assertThat(run(plan, input, 3).data()).isEqualTo(actual.data());
  }

  private static List<String> kernels(Plan plan, Shape input) {
    return plan.info(input).steps().stream().map(StepInfo::kernel).toList();
  }

  private static Tensor reference(Graph graph, Map<String, Tensor> weights, Tensor input) {
    return ReferenceExecutor.run(graph, weights, Map.of("input", input), List.of("out")).get("out");
  }

  private static Tensor run(Plan plan, Tensor input, int threads) {
    Session session = plan.newSession(input.shape(), Threads.of(threads));
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(Map.of("input", input), outputs);
    return outputs.get("out");
  }
}
