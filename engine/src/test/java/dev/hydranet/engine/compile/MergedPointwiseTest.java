package dev.hydranet.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two pointwise convolutions with nothing but batch normalisation between them. */
class MergedPointwiseTest {
  @ParameterizedTest
  @CsvSource({
    "96, 33, 24, true, 1",
    "17, 33, 5, false, 1",
    "1, 3, 1, true, 1",
    // A bottleneck is cheaper as it is.
    "33, 2, 24, true, 2",
    // A scale is no matrix.
    "1, 1, 2, false, 2"
  })
  void areOneWhereThatSavesWork(int in, int between, int out, boolean bias, int steps) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Conv2d first = Conv2d.pointwise(in, between);
    Conv2d second = Conv2d.pointwise(between, out);
    Value y = g.conv2d("first", x, bias ? first.withBias() : first);
    Value middle = g.batchNorm("norm1", y, between);
    y = g.conv2d("second", middle, bias ? second.withBias() : second);
    g.output("output", g.relu("relu", g.batchNorm("norm2", y, out)));
    Graph graph = g.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Map<String, Shape> shapes = Map.of("input", Shape.of(2, in, 5, 7));
    Map<String, Tensor> inputs =
        Map.of("input", SeededTensors.uniform("input", shapes.get("input"), 1));
    Tensor expected =
        ReferenceExecutor.run(graph, weights, inputs, List.of("output")).get("output");

    Plan plan = Planner.plan(graph, weights);
    assertThat(computed(plan, shapes)).isEqualTo(steps);
    assertThat(computed(Planner.plan(graph, weights, List.of("norm1", "output")), shapes))
        .isEqualTo(2);
    SeededTensors.parameters(graph, 1)
        .forEach((name, tensor) -> assertThat(weights.get(name).data()).isEqualTo(tensor.data()));
    Session session = plan.newSession(shapes, Threads.of(1));
    Map<String, Tensor> actual = session.newOutputs();
    session.run(inputs, actual);
    assertThat(Difference.between(actual.get("output"), expected).maxRelative())
        .isLessThanOrEqualTo(Tolerance.of(graph, shapes, List.of("output")).get("output"));
  }

  /** Steps that are not copies. */
  private static long computed(Plan plan, Map<String, Shape> shapes) {
    return plan.info(shapes).steps().stream().filter(step -> !step.nodes().isEmpty()).count();
  }
}
