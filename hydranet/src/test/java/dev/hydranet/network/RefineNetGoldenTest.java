package dev.hydranet.network;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RefineNet's own blocks, with seeded weights, against PyTorch. */
class RefineNetGoldenTest {
  /** Appends a block on paths. */
  private interface Block {
    Features append(GraphBuilder g, String path, List<Features> paths);
  }

  @Test
  void residualConvUnit() throws IOException {
    check(
        "residual-conv-unit",
        (g, path, paths) -> RefineNet.residualConvUnit(g, path, paths.get(0)),
        Shape.of(2, 12, 9, 11));
  }

  @Test
  void multiResolutionFusion() throws IOException {
    check(
        "multi-resolution-fusion",
        RefineNet::multiResolutionFusion,
        Shape.of(1, 12, 17, 23),
        Shape.of(1, 8, 9, 12),
        Shape.of(1, 16, 4, 5));
  }

  @Test
  void chainedResidualPooling() throws IOException {
    check(
        "chained-residual-pooling",
        (g, path, paths) -> RefineNet.chainedResidualPooling(g, path, paths.get(0), 3),
        Shape.of(2, 12, 9, 11));
  }

  @Test
  void blockOfOnePath() throws IOException {
    check("block-of-one-path", RefineNet::block, Shape.of(1, 16, 7, 9));
  }

  @Test
  void blockOfTwoPaths() throws IOException {
    check("block-of-two-paths", RefineNet::block, Shape.of(2, 16, 13, 18), Shape.of(2, 24, 7, 9));
  }

  private static void check(String name, Block block, Shape... shapes) throws IOException {
    GraphBuilder g = new GraphBuilder();
    List<Features> paths = new ArrayList<>();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Shape shape : shapes) {
      String input = "path" + paths.size();
      paths.add(new Features(g.input(input), shape.channels()));
      inputs.put(input, SeededTensors.picture(input, shape, 1));
    }
    g.output("block", block.append(g, "block", paths).value());
    Graph graph = g.build();
    GoldenAssertions.assertComputes(
        Executor.ALL,
        GoldenActivations.read("refinenet-" + name),
        graph,
        SeededTensors.parameters(graph, 1),
        inputs,
        graph.outputs());
  }
}
