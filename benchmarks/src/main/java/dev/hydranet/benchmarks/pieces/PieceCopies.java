package dev.hydranet.benchmarks.pieces;

import dev.hydranet.benchmarks.harness.RandomTensors;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.RandomWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many copies of a piece of a network side by side in one graph, each with its own weights.
 *
 * <p>A session reads and writes tensors in PyTorch's order, and this would cost more than most
 * kernels. So the graph's inputs are small and enlarged inside it to those of the piece, once for
 * all copies; and of each copy's output only every sixteenth pixel both ways leaves the graph. What
 * is measured besides the copies is then one write of their inputs.
 */
public record PieceCopies(Graph graph, Map<String, Tensor> inputs) {
  private static final int ENLARGED = 8;
  private static final int SAMPLED = 16;
  private static final long SEED = 1;

  /**
   * Copies of a piece.
   *
   * @param copies at least 2, so that the planner cannot put a piece's operators into the step that
   *     enlarges its input
   */
  public static PieceCopies of(Piece piece, int copies) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    GraphBuilder g = new GraphBuilder();
    Map<String, Value> sources = new LinkedHashMap<>();
    piece
        .inputs()
        .forEach(
            (name, shape) -> {
              Shape small =
                  Shape.of(
                      shape.batch(),
                      shape.channels(),
                      Math.ceilDiv(shape.height(), ENLARGED),
                      Math.ceilDiv(shape.width(), ENLARGED));
              inputs.put(name, RandomTensors.uniform(small, inputs.size()));
              Size size = new Size(shape.height(), shape.width());
              Upsample enlarge = new Upsample(Upsample.Mode.NEAREST, new Upsample.Target.To(size));
              sources.put(name, g.op("enlarged " + name, enlarge, g.input(name)));
            });
    for (int copy = 0; copy < copies; copy++) {
      Value value = piece.append(g, "copy " + copy + " ", sources);
      g.label(value(copy), value);
      g.output(sample(copy), g.maxPool2d("sampled " + copy, value, 1, SAMPLED, 0));
    }
    return new PieceCopies(g.build(), inputs);
  }

  /** The name of a copy's output. */
  static String value(int copy) {
    return "value " + copy;
  }

  /** The name of the part of it that leaves the graph. */
  static String sample(int copy) {
    return "sample " + copy;
  }

  /** Random weights, always the same. */
  public Map<String, Tensor> weights() {
    return RandomWeights.of(graph, SEED);
  }

  /** The inputs' shapes. */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }
}
