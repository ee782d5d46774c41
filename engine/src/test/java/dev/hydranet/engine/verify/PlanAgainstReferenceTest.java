package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.RandomGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the planner does to a graph, the answer is that of the plain loops.
 *
 * <p>In a random graph of few channels, sums may cancel: a value is then small because it is what
 * is left of larger ones, and their rounding errors are large beside it. So errors are measured
 * against what a node reads, too, and beyond the tolerance as many are allowed as rounding the
 * input otherwise makes.
 */
class PlanAgainstReferenceTest {
  /**
   * A network rounds not only its input; the worst of 2000 random graphs stays below half of it.
   */
  private static final double AMPLIFICATION = 8;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void outputsAgree(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    check(random, random.input(), random.graph().outputs());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void specialValuesSpreadAlike(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    check(random, random.specialInput(), random.graph().outputs());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyIntermediateValueCanBeHad(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    check(random, random.input(), nodes(random.graph()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSessionRemembersNothing(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    Tensor input = random.input();
    Map<String, Tensor> inputs = Map.of("input", input);
    Session session =
        Planner.plan(random.graph(), random.weights()).newSession(input.shape(), Threads.of(2));
    Map<String, Tensor> first = session.newOutputs();
    session.run(inputs, first);

    Tensor other = Tensor.zeros(input.shape());
    Arrays.fill(other.data(), Float.NaN);
    session.run(Map.of("input", other), session.newOutputs());

    Map<String, Tensor> again = session.newOutputs();
    session.run(inputs, again);
    assertIdentical(again, first, random);
    assertThat(input.data())
        .as("the input after the runs, %s", random)
        .isEqualTo(random.input().data());
  }

  private static void check(RandomGraph random, Tensor input, List<String> wanted) {
    Graph graph = random.graph();
    Map<String, Tensor> inputs = Map.of("input", input);
    Map<String, Tensor> expected = runReference(random, input);
    Map<String, Tensor> nudged = runReference(random, nudge(input));
    Map<String, Tensor> actual =
        Executors.runPlan(graph, random.weights(), inputs, wanted, Threads.of(1));
    Map<String, Double> tolerances = Tolerance.of(graph, Executors.shapes(inputs), wanted);
    for (Node node : graph.nodes()) {
      if (wanted.contains(node.name())) {
        Tensor result = expected.get(node.name());
        double scale = largest(result);
        for (String operand : node.inputs()) {
          scale = Math.max(scale, largest(expected.getOrDefault(operand, input)));
        }
        double sensitivity = Difference.between(nudged.get(node.name()), result).maxAbsolute();
        assertThat(Difference.between(actual.get(node.name()), result).maxAbsolute())
            .as("%s of %s", node.name(), random)
            .isLessThanOrEqualTo(
                Math.max(tolerances.get(node.name()) * scale, AMPLIFICATION * sensitivity));
      }
    }
    assertIdentical(
        Executors.runPlan(graph, random.weights(), inputs, wanted, Threads.of(2)), actual, random);
  }

  /** The value of every node. */
  private static Map<String, Tensor> runReference(RandomGraph random, Tensor input) {
    Graph graph = random.graph();
    return ReferenceExecutor.run(graph, random.weights(), Map.of("input", input), nodes(graph));
  }

  /** The input with every number rounded otherwise. */
  private static Tensor nudge(Tensor input) {
    Tensor nudged = Tensor.zeros(input.shape());
    SplittableRandom random = new SplittableRandom(input.data().length);
    for (int i = 0; i < nudged.data().length; i++) {
      nudged.data()[i] = input.data()[i] * (random.nextBoolean() ? 1 + 0x1p-23f : 1 - 0x1p-23f);
    }
    return nudged;
  }

  private static List<String> nodes(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }

  /** The largest finite magnitude. */
  private static double largest(Tensor tensor) {
    double largest = 0;
    for (float x : tensor.data()) {
      largest = Float.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
    }
    return largest;
  }

  private static void assertIdentical(
      Map<String, Tensor> actual, Map<String, Tensor> expected, RandomGraph random) {
    expected.forEach(
        (name, tensor) ->
            assertThat(actual.get(name).data())
                .as("%s of %s", name, random)
                .isEqualTo(tensor.data()));
  }
}
