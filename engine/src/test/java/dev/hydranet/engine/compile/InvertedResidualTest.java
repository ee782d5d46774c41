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

/**
 * MobileNetV2's block with an expanded tensor too large for the second-level cache, which is
 * computed row by row. Random graphs are too small for that.
 */
class InvertedResidualTest {
  @ParameterizedTest
  @CsvSource({
    "1, 24, 144, 24, 1, 75, 77",
    "1, 33, 198, 24, 2, 63, 67",
    "2, 16, 96, 16, 1, 65, 66",
    "3, 17, 102, 31, 2, 52, 51",
    "1, 3, 401, 5, 1, 31, 67",
    "1, 1, 900, 1, 1, 30, 31",
    "1, 8, 200, 8, 1, 1, 4001",
    "1, 8, 200, 9, 2, 2, 2001",
    "1, 7, 200, 7, 1, 4001, 1",
    "1, 7, 200, 15, 2, 2001, 2"
  })
  void rowByRowItIsTheSame(
      int batch, int in, int wide, int out, int stride, int height, int width) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("input");
    Value y = g.conv2d("expand", x, Conv2d.pointwise(in, wide));
    y = g.relu6("relu1", g.batchNorm("norm1", y, wide));
    y = g.conv2d("depthwise", y, Conv2d.depthwise(wide, 3, stride));
    y = g.relu6("relu2", g.batchNorm("norm2", y, wide));
    y = g.conv2d("project", y, Conv2d.pointwise(wide, out));
    y = g.batchNorm("norm3", y, out);
    g.output("block", stride == 1 && in == out ? g.add("sum", x, y) : y);
    Graph graph = g.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Shape shape = Shape.of(batch, in, height, width);
    Map<String, Tensor> inputs = Map.of("input", SeededTensors.uniform("input", shape, 1));

    Tensor expected = ReferenceExecutor.run(graph, weights, inputs, List.of("block")).get("block");
    Plan plan = Planner.plan(graph, weights);
    Tensor actual = run(plan, inputs, Threads.of(1));
    assertThat(Difference.between(actual, expected).maxRelative())
        .isLessThanOrEqualTo(
            Tolerance.of(graph, Map.of("input", shape), List.of("block")).get("block"));
    assertThat(run(plan, inputs, Threads.of(3)).data()).isEqualTo(actual.data());
  }

  private static Tensor run(Plan plan, Map<String, Tensor> inputs, Threads threads) {
    Session session = plan.newSession(inputs.get("input").shape(), threads);
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    return outputs.get("block");
  }
}
