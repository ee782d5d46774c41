package dev.hydranet.benchmarks;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.graph.Value;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.plan.Threads;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.engine.weights.RandomWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a piece of a network by itself, many copies of it side by side in one graph, each with
 * weights of its own.
 *
 * <p>A session reads and writes tensors in PyTorch's order, and this would cost more than most
 * kernels. So the graph's inputs are small and enlarged inside it to those of the piece, once for
 * all copies; and of each copy's output only every sixteenth pixel both ways leaves the graph. What
 * is measured besides the copies is then one write of their inputs.
 */
final class PieceRun {
  /** Copies of the piece in one run. */
  static final int COPIES = 8;

  private static final int ENLARGED = 8;
  private static final int SAMPLED = 16;
  private static final long SEED = 1;

  /** More than last-level caches hold. */
  static final long ROTATED_BYTES = 128 << 20;

  private final Graph graph;
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final List<Session> sessions = new ArrayList<>();
  private final Map<String, Tensor> outputs;
  private int next;

  /**
   * Plans the copies.
   *
   * @param rotatedBytes how much working memory sessions that take turns have together
   * @throws IllegalStateException if the engine's results are not the reference's
   */
  PieceRun(Piece piece, long rotatedBytes) {
    graph = graph(piece);
    weights = RandomWeights.of(graph, SEED);
    Plan plan = Planner.plan(graph, weights);
    do {
      sessions.add(plan.newSession(shapes(), Threads.of(1)));
    } while (sessions.get(0).workingBytes() * sessions.size() < rotatedBytes);
    outputs = sessions.get(0).newOutputs();
    check();
  }

  private Graph graph(Piece piece) {
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
    for (int copy = 0; copy < COPIES; copy++) {
      Value value = piece.append(g, "copy " + copy + " ", sources);
      g.label(value(copy), value);
      g.output(sample(copy), g.maxPool2d("sampled " + copy, value, 1, SAMPLED, 0));
    }
    return g.build();
  }

  private static String value(int copy) {
    return "value " + copy;
  }

  private static String sample(int copy) {
    return "sample " + copy;
  }

  /** Computes all copies. */
  void run() {
    sessions.get(next).run(inputs, outputs);
    next = next + 1 == sessions.size() ? 0 : next + 1;
  }

  /** One copy's whole output, planned by itself, and its sample from every session. */
  private void check() {
    int copy = COPIES - 1;
    List<String> names = List.of(value(copy), sample(copy));
    Map<String, Tensor> expected = ReferenceExecutor.run(graph, weights, inputs, names);
    Map<String, Double> tolerances = Tolerance.of(graph, shapes(), names);
    Session whole =
        Planner.plan(graph, weights, names.subList(0, 1)).newSession(shapes(), Threads.of(1));
    Map<String, Tensor> actual = whole.newOutputs();
    whole.run(inputs, actual);
    Checks.close(value(copy), actual, expected, tolerances);
    for (int i = 0; i < sessions.size(); i++) {
      run();
      Checks.close(sample(copy), outputs, expected, tolerances);
    }
  }

  private Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }
}
