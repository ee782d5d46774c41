package dev.hydranet.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Compares every executor with what PyTorch computed. */
final class GoldenAssertions {
  private GoldenAssertions() {}

  /** Every wanted value in tolerance by each executor, and the same bits on one and two threads. */
  static void assertComputes(
      Set<Executor> executors,
      GoldenActivations golden,
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, Tensor> inputs,
      Collection<String> wanted) {
    Map<String, Double> tolerances = Tolerance.of(graph, Executor.shapes(inputs), wanted);
    Map<Executor, Map<String, Tensor>> results = new EnumMap<>(Executor.class);
    for (Executor executor : executors) {
      results.put(executor, executor.run(graph, weights, inputs, wanted));
    }
    for (String name : wanted) {
      results.forEach(
          (executor, values) -> {
            Tensor actual = golden.select(name, values.get(name));
            assertThat(Difference.between(actual, golden.expected(name)).maxRelative())
                .as("%s %s by %s", name, values.get(name).shape(), executor)
                .isLessThanOrEqualTo(tolerances.get(name));
          });
      float[] one = results.get(Executor.PLAN_ONE_THREAD).get(name).data();
      float[] two = results.get(Executor.PLAN_TWO_THREADS).get(name).data();
      assertThat(Arrays.equals(one, two))
          .as("%s has the same bits on one and two threads", name)
          .isTrue();
    }
  }
}
