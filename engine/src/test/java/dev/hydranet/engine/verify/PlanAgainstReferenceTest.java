package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.plan.Threads;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.RandomGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the planner does to a graph, the answer is that of the plain loops. */
class PlanAgainstReferenceTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void outputsAgree(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    check(random, random.graph().outputs());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyIntermediateValueCanBeHad(long seed) {
    RandomGraph random = RandomGraph.of(seed);
    check(random, random.graph().nodes().stream().map(node -> node.name()).toList());
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

  private static void check(RandomGraph random, List<String> wanted) {
    Graph graph = random.graph();
    Map<String, Tensor> inputs = Map.of("input", random.input());
    Map<String, Tensor> expected = ReferenceExecutor.run(graph, random.weights(), inputs, wanted);
    Map<String, Tensor> actual =
        Executors.runPlan(graph, random.weights(), inputs, wanted, Threads.of(1));
    Map<String, Double> tolerances = Tolerance.of(graph, Executors.shapes(inputs), wanted);
    for (String name : wanted) {
      assertThat(Difference.between(actual.get(name), expected.get(name)).maxRelative())
          .as("%s of %s", name, random)
          .isLessThanOrEqualTo(tolerances.get(name));
    }
    assertIdentical(
        Executors.runPlan(graph, random.weights(), inputs, wanted, Threads.of(2)), actual, random);
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
