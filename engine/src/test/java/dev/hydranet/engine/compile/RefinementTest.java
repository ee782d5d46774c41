package dev.hydranet.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.kernel.choice.Kernels;
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
 * RefineNet's fusion and chained pooling with a pooled tensor too large for the second-level cache,
 * which is computed in one pass. Random graphs are too small for that.
 */
class RefinementTest {
  @ParameterizedTest
  @CsvSource({
    "1, 24, 33, 4, 155, 157, 78, 79",
    "2, 5, 17, 3, 151, 154, 31, 154",
    "1, 65, 33, 1, 160, 150, 160, 150",
    "1, 1, 1, 2, 911, 907, 90, 91",
    "1, 3, 200, 4, 1, 4001, 1, 2000",
    "1, 3, 200, 4, 4001, 1, 77, 3",
    "1, 3, 200, 4, 2, 2001, 4, 4002"
  })
  void inOnePassItIsTheSame(
      int batch, int in, int out, int stages, int height, int width, int high, int wide) {
    GraphBuilder g = new GraphBuilder();
    Value fine = g.input("fine");
    Value coarse = g.input("coarse");
    Value up = g.upsampleLike("up", coarse, fine);
    Value sum =
        g.relu("relu", g.add("fuse", g.conv2d("conv", fine, Conv2d.pointwise(in, out)), up));
    Value top = sum;
    for (int i = 1; i <= stages; i++) {
      top = g.maxPool2d("pool" + i, top, 5, 1, 2);
      top = g.conv2d("scale" + i, top, Conv2d.depthwise(out, 1, 1));
      sum = g.add("sum" + i, sum, top);
    }
    g.output("refined", sum);
    Graph graph = g.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Map<String, Shape> shapes =
        Map.of(
            "fine", Shape.of(batch, in, height, width),
            "coarse", Shape.of(batch, out, high, wide));
    Map<String, Tensor> inputs =
        Map.of(
            "fine", SeededTensors.uniform("fine", shapes.get("fine"), 1),
            "coarse", SeededTensors.uniform("coarse", shapes.get("coarse"), 1));

    Tensor expected =
        ReferenceExecutor.run(graph, weights, inputs, List.of("refined")).get("refined");
    Plan plan = Planner.plan(graph, weights);
    if (Kernels.provider().fused().isPresent()) {
      assertThat(plan.info(shapes).steps()).hasSize(1 + shapes.size() + 1);
    }
    Tensor actual = run(plan, inputs, Threads.of(1));
    assertThat(Difference.between(actual, expected).maxRelative())
        .isLessThanOrEqualTo(Tolerance.of(graph, shapes, List.of("refined")).get("refined"));
    assertThat(run(plan, inputs, Threads.of(3)).data()).isEqualTo(actual.data());
  }

  private static Tensor run(Plan plan, Map<String, Tensor> inputs, Threads threads) {
    Map<String, Shape> shapes =
        Map.of("fine", inputs.get("fine").shape(), "coarse", inputs.get("coarse").shape());
    Session session = plan.newSession(shapes, threads);
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    return outputs.get("refined");
  }
}
