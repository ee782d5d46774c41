package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Linear;
import dev.hydranet.engine.graph.MatMul;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of rank 4 that are images to some operators and rows to others. */
class LayoutTest {
  private final GraphBuilder g = new GraphBuilder();
  private final Value x = g.input("x");

  /** ConvNeXt's block. */
  @ParameterizedTest
  @ValueSource(ints = {3, 8, 19})
  void linearLayersBetweenTranspositions(int channels) {
    Value y = g.op("depthwise", Conv2d.depthwise(channels, 3, 1), x);
    y = g.op("last", new Rearrange.Transpose(List.of(0, 2, 3, 1)), y);
    y = g.op("norm", new Normalize.Layer(List.of(channels), 1e-5), y);
    y = g.op("expand", new Linear(channels, 4 * channels, true), y);
    y = g.op("gelu", new Unary(Unary.Function.GELU), y);
    y = g.op("project", new Linear(4 * channels, channels, true), y);
    y = g.op("first", new Rearrange.Transpose(List.of(0, 3, 1, 2)), y);
    check(g.op("sum", new Add(), x, y), Shape.of(2, channels, 5, 7));
  }

  /** Along the width of what is an image to the convolutions on both sides. */
  @Test
  void linearLayersOfImages() {
    Value y = g.op("before", Conv2d.pointwise(5, 9), x);
    y = g.op("linear", new Linear(11, 11, true), y);
    y = g.op("swish", new Unary(Unary.Function.SWISH, 1, 0), y);
    Value z = g.op("other", new Linear(11, 11, false), y);
    y = g.op("relu", new Activation(Activation.Function.RELU), g.op("sum", new Add(), z, y));
    check(g.op("after", Conv2d.pointwise(9, 4), y), Shape.of(2, 5, 3, 11));
  }

  /** Queries, keys and values of several heads, of lengths around the tiles. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 9, 17, 30, 33})
  void attention(int length) {
    int heads = 3;
    int depth = 10;
    int width = heads * depth;
    Value queries = head(length, heads, depth, "q", List.of(0, 2, 1, 3));
    Value keys = head(length, heads, depth, "k", List.of(0, 2, 3, 1));
    Value values = head(length, heads, depth, "v", List.of(0, 2, 1, 3));
    Value scores = g.op("scores", new MatMul(), queries, keys);
    Value shares = g.op("shares", new Softmax(-1, false, false), scores);
    Value y = g.op("mixed", new MatMul(), shares, values);
    y = g.op("back", new Rearrange.Transpose(List.of(0, 2, 1, 3)), y);
    y = g.op("joined", new Rearrange.Reshape(List.of(2, length, width)), y);
    y = g.op("out", new Linear(width, width, true), y);
    check(g.op("sum", new Binary(Binary.Function.ADD), x, y), Shape.of(2, length, width));
  }

  private Value head(int length, int heads, int depth, String name, List<Integer> axes) {
    Value y = g.op(name, new Linear(heads * depth, heads * depth, true), x);
    y = g.op(name + " split", new Rearrange.Reshape(List.of(2, length, heads, depth)), y);
    return g.op(name + " heads", new Rearrange.Transpose(axes), y);
  }

  private void check(Value y, Shape shape) {
    g.output("y", y);
    Graph graph = g.build();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    Map<String, Tensor> inputs = Map.of("x", SeededTensors.uniform("x", shape, 2));
    List<String> wanted = List.of("y");
    Tensor expected = ReferenceExecutor.run(graph, weights, inputs, wanted).get("y");
    Tensor found = Executors.runPlan(graph, weights, inputs, wanted, Threads.of(1)).get("y");
    double tolerance = Tolerance.of(graph, Executors.shapes(inputs), wanted).get("y");
    assertThat(Difference.between(found, expected).maxRelative()).isLessThan(tolerance);
    Tensor two = Executors.runPlan(graph, weights, inputs, wanted, Threads.of(2)).get("y");
    assertThat(two.data()).isEqualTo(found.data());
  }
}
