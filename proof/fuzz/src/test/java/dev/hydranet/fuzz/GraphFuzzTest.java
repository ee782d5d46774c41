package dev.hydranet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.Map;

/**
 * Graphs of random operators on random shapes: they are refused with an {@link
 * IllegalArgumentException} that names the node, or for want of memory, or both executors compute
 * them.
 */
class GraphFuzzTest {
  private static final long SMALL = 1 << 14;
  private static final long LARGE = 1L << 34;

  @FuzzTest(maxDuration = "5m")
  void build(FuzzedDataProvider data) {
    Shape shape;
    try {
      shape = AnyGraph.shape(data);
    } catch (IllegalArgumentException e) {
      return;
    }
    Graph graph = AnyGraph.of(data);
    Map<String, Shape> shapes;
    try {
      shapes = graph.shapes(Map.of("input", shape));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).matches("n\\d+ \\(\\w+\\): [^\\p{Cc}]+");
      return;
    }
    for (Node node : graph.nodes()) {
      assertThat(node.op().macs(Graph.inputShapes(node, shapes))).isNotNegative();
    }
    long parameters =
        graph.parameters().values().stream()
            .mapToLong(p -> p.shape().elementCount())
            .max()
            .orElse(0);
    long values = shapes.values().stream().mapToLong(Shape::elementCount).max().orElse(0);
    if (parameters > SMALL || values > SMALL && values < LARGE) {
      return;
    }
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Session session;
    try {
      session = Planner.plan(graph, weights).newSession(shape, Threads.of(1));
    } catch (InsufficientMemoryException e) {
      assertThat(values).isGreaterThan(SMALL);
      return;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("\\w+: expected an \\[N, C] or NCHW tensor, found .*");
      return;
    }
    Map<String, Tensor> inputs = Map.of("input", SeededTensors.uniform("input", shape, 1));
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    if (shapes.values().stream().anyMatch(GraphFuzzTest::isLongWay)) {
      return;
    }
    Map<String, Tensor> expected = ReferenceExecutor.run(graph, weights, inputs, graph.outputs());
    assertThat(outputs).hasSameSizeAs(expected);
    outputs.forEach(
        (name, tensor) -> {
          assertThat(tensor.shape()).isEqualTo(expected.get(name).shape());
          assertThat(tensor.shape()).isEqualTo(shapes.get(name));
        });
  }

  /** Plain loops go over all indices of a tensor that has no values, too. */
  private static boolean isLongWay(Shape shape) {
    double indices = 1;
    for (int extent : shape.toArray()) {
      indices *= Math.max(1, extent);
    }
    return indices > SMALL;
  }
}
