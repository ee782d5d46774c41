package dev.hydranet.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.kernel.choice.Kernels;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.RandomGraph;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.testing.SmallHydraNet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanInfoTest {
  private static final int LANES = Kernels.provider().lanes();

  @ParameterizedTest
  @MethodSource("dev.hydranet.engine.run.KernelPartsTest#seeds")
  void everyNodeBelongsToOneStep(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    Graph graph = random.graph();
    Shape input = random.input().shape();
    PlanInfo info = Planner.plan(graph, random.weights()).info(input);
    List<Node> needed = needed(graph);
    assertThat(info.steps().stream().flatMap(step -> step.nodes().stream()).toList())
        .containsExactlyInAnyOrderElementsOf(needed.stream().map(Node::name).toList());
    Map<String, Shape> shapes = graph.shapes(Map.of("input", input));
    assertThat(info.macs())
        .isEqualTo(
            needed.stream()
                .mapToLong(node -> node.op().macs(Graph.inputShapes(node, shapes)))
                .sum());
    assertThat(info.steps())
        .allSatisfy(
            step -> {
              assertThat(step.macsDone() > 0).isEqualTo(step.weightBytes() > 0);
              assertThat(step.bytes())
                  .isGreaterThanOrEqualTo(step.weightBytes() + 4 * step.output().elementCount());
              assertThat(step.parts()).isPositive();
            });
  }

  /** The nodes that some output needs the numbers of. */
  private static List<Node> needed(Graph graph) {
    Set<String> values = new HashSet<>();
    graph.outputs().forEach(output -> values.add(graph.resolve(output)));
    List<Node> needed = new ArrayList<>();
    for (Node node : graph.nodes().reversed()) {
      if (values.contains(node.name())) {
        needed.add(node);
        boolean likeIsASize = node.op() instanceof Upsample;
        values.addAll(likeIsASize ? node.inputs().subList(0, 1) : node.inputs());
      }
    }
    return needed;
  }

  @Test
  void memoryIsThatOfASession() {
    Shape input = Shape.of(2, 3, 129, 131);
    Plan plan = Planner.plan(SmallHydraNet.graph(), weights(SmallHydraNet.graph()));
    PlanInfo info = plan.info(input);
    for (int count : new int[] {1, 3}) {
      Threads threads = Threads.of(count);
      assertThat(info.workingBytes(threads))
          .isEqualTo(plan.newSession(input, threads).workingBytes())
          .isEqualTo(info.activationBytes() + count * info.scratchBytes());
    }
    assertThat(info.activationBytes()).isGreaterThan(4 * input.elementCount());
    assertThat(info.scratchBytes())
        .isEqualTo(info.steps().stream().mapToLong(StepInfo::scratchBytes).max().getAsLong());
    StepInfo first = info.steps().get(0);
    assertThat(first.value()).isEqualTo("input");
    assertThat(first.operators()).isEqualTo("copy from NCHW");
    assertThat(first.kernel()).isEqualTo("LoadNchw");
    StepInfo last = info.steps().get(info.steps().size() - 1);
    assertThat(last.kernel()).isEqualTo("StoreNchw");
    assertThat(last.value()).isEqualTo("depth");
    assertThat(last.output()).isEqualTo(Shape.of(2, 1, 65, 66));
  }

  @Test
  void weightsOfPaddedChannelsCount() {
    StepInfo step = step(Shape.of(1, 5, 1, 1), (g, x) -> g.conv2d("y", x, Conv2d.pointwise(5, 17)));
    assertThat(step.macs()).isEqualTo(5 * 17);
    assertThat(step.macsDone()).isEqualTo(5 * padded(17));
    assertThat(step.weightBytes()).isEqualTo(4 * (5 + 1) * padded(17));
    assertThat(step.bytes())
        .isBetween(step.weightBytes() + 4 * (5 + padded(17)), step.weightBytes() + 8 * padded(17));
  }

  @Test
  void tapsOutsideTheImageAreNotComputed() {
    StepInfo step =
        step(Shape.of(2, 17, 5, 7), (g, x) -> g.conv2d("y", x, Conv2d.depthwise(17, 3, 1)));
    assertThat(step.macs()).isEqualTo(2 * 17 * 5 * 7 * 9);
    assertThat(step.macsDone()).isEqualTo(2 * padded(17) * (3 * 5 - 2) * (3 * 7 - 2));
    StepInfo wide =
        step(
            Shape.of(1, 3, 4, 9),
            (g, x) -> g.conv2d("y", x, Conv2d.depthwise(3, 3, 1).withDilation(2).withStride(2)));
    // Windows look at rows -1, 1, 3, and at columns from -1, 1, 3 to 5, 7, 9.
    assertThat(wide.output()).isEqualTo(Shape.of(1, 3, 1, 4));
    assertThat(wide.macsDone()).isEqualTo(padded(3) * 2 * (2 + 3 + 3 + 2));
  }

  @Test
  void rowsExpandedTwiceCountTwice() {
    int width = 720;
    long oneBand = invertedResidual(13, width);
    long many = invertedResidual(130, width);
    long wide = padded(96);
    if (Engine.info().simd()) {
      assertThat(oneBand).isEqualTo(13L * width * (16 * wide + 9 * wide + 96 * padded(24)));
      assertThat(many).isGreaterThan(10 * oneBand).isLessThan(12 * oneBand);
    } else {
      long filtered = (3 * 13 - 2) * (3L * width - 2) * wide;
      assertThat(oneBand).isEqualTo(13L * width * (16 * wide + 96 * padded(24)) + filtered);
    }
  }

  private static long invertedResidual(int height, int width) {
    Conv2d expand = Conv2d.pointwise(16, 96);
    PlanInfo info =
        info(
            Shape.of(1, 16, height, width),
            (g, x) -> {
              Value wide = g.relu6("relu", g.conv2d("expand", x, expand));
              Value filtered = g.conv2d("depthwise", wide, Conv2d.depthwise(96, 3, 1));
              return g.conv2d("project", filtered, Conv2d.pointwise(96, 24));
            });
    assertThat(info.macs()).isEqualTo((long) height * width * 96 * (16 + 9 + 24));
    return info.macsDone();
  }

  @Test
  void profileComputesTheSameAndTimesEveryStep() {
    Shape shape = Shape.of(1, 3, 65, 67);
    Graph graph = SmallHydraNet.graph();
    Plan plan = Planner.plan(graph, weights(graph));
    Session session = plan.newSession(shape, Threads.of(2));
    Map<String, Tensor> inputs = Map.of("input", SeededTensors.uniform("input", shape, 1));
    Map<String, Tensor> expected = session.newOutputs();
    session.run(inputs, expected);
    long[] nanoseconds = new long[plan.info(shape).steps().size()];
    Arrays.fill(nanoseconds, -1);
    Map<String, Tensor> outputs = session.newOutputs();
    session.profile(inputs, outputs, nanoseconds);
    outputs.forEach(
        (name, tensor) -> assertThat(tensor.data()).isEqualTo(expected.get(name).data()));
    assertThat(Arrays.stream(nanoseconds).allMatch(time -> time >= 0)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.profile(inputs, outputs, new long[3]))
        .withMessage("nanoseconds: expected %d of them, found 3", nanoseconds.length);
  }

  @Test
  void moreThanASessionMayHaveIsRefused() {
    Plan plan = Planner.plan(SmallHydraNet.graph(), weights(SmallHydraNet.graph()));
    assertThatThrownBy(() -> plan.info(Shape.of(1, 3, 40_000, 40_000)))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("[1, 3, 40000, 40000]");
  }

  /** The only step that is no copy. */
  private static StepInfo step(Shape input, BiFunction<GraphBuilder, Value, Value> network) {
    List<StepInfo> steps = info(input, network).steps();
    assertThat(steps).hasSize(3);
    return steps.get(1);
  }

  private static PlanInfo info(Shape input, BiFunction<GraphBuilder, Value, Value> network) {
    GraphBuilder g = new GraphBuilder();
    g.output("out", network.apply(g, g.input("input")));
    Graph graph = g.build();
    return Planner.plan(graph, weights(graph)).info(input);
  }

  private static Map<String, Tensor> weights(Graph graph) {
    return SeededTensors.parameters(graph, 1);
  }

  private static long padded(int channels) {
    return (long) Math.ceilDiv(channels, LANES) * LANES;
  }
}
