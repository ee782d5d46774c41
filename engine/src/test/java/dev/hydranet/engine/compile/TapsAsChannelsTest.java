package dev.hydranet.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
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
import org.junit.jupiter.api.Test;

class TapsAsChannelsTest {
  /**
   * Between the two halves lies a value that the graph does not have, whatever its nodes' names.
   */
  @Test
  void nodesMayHaveAnyNames() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("head taps'");
    Value first = g.conv2d("head taps", x, Conv2d.pointwise(20, 20));
    g.output("first", first);
    g.output("second", g.conv2d("head", x, Conv2d.of(20, 2, 3).withPadding(1).withBias()));
    g.output("sum", g.add("head taps''", first, x));
    Graph graph = g.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Shape shape = Shape.of(1, 20, 7, 9);
    Map<String, Tensor> inputs = Map.of("head taps'", SeededTensors.uniform("input", shape, 1));

    Session session = Planner.plan(graph, weights).newSession(shape, Threads.of(1));
    Map<String, Tensor> actual = session.newOutputs();
    session.run(inputs, actual);

    Map<String, Tensor> expected =
        ReferenceExecutor.run(graph, weights, inputs, List.of("first", "second", "sum"));
    Tolerance.of(graph, Map.of("head taps'", shape), expected.keySet())
        .forEach(
            (name, tolerance) ->
                assertThat(Difference.between(actual.get(name), expected.get(name)).maxRelative())
                    .as(name)
                    .isLessThanOrEqualTo(tolerance));
  }
}
