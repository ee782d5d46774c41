package dev.hydranet.benchmarks.kernels;

import dev.hydranet.benchmarks.harness.Arms;
import dev.hydranet.benchmarks.harness.Checks;
import dev.hydranet.benchmarks.harness.Cost;
import dev.hydranet.benchmarks.harness.RandomTensors;
import dev.hydranet.benchmarks.pieces.PieceRun;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;

/** The network's input and outputs, from PyTorch's order to the engine's and back. */
public class Copying extends Arms {
  private static final String INPUT = "in";
  private static final String OUTPUT = "out";

  /** Channels, height, width. */
  @Param({"3x480x640", "6x120x160", "1x120x160", "40x120x160", "3x120x160"})
  public String layer;

  /** A session with its picture and copy; they take turns. */
  private record Turn(Session session, Map<String, Tensor> in, Map<String, Tensor> out) {}

  private final List<Turn> turns = new ArrayList<>();
  private double gigabytes;
  private int next;

  /** A network that does nothing. */
  static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    g.output(OUTPUT, g.input(INPUT));
    return g.build();
  }

  static Shape shape(String layer) {
    int[] extents = Arrays.stream(layer.split("x")).mapToInt(Integer::parseInt).toArray();
    return Shape.of(1, extents[0], extents[1], extents[2]);
  }

  @Override
  protected void prepare() {
    Shape shape = shape(layer);
    Plan plan = Planner.plan(graph(), Map.of());
    long bytes = 2 * shape.elementCount() * Float.BYTES;
    long rotated = 0;
    while (rotated < PieceRun.ROTATED_BYTES) {
      Session session = plan.newSession(shape, Threads.of(1));
      Tensor picture = RandomTensors.uniform(shape, turns.size());
      turns.add(new Turn(session, Map.of(INPUT, picture), session.newOutputs()));
      rotated += bytes + session.workingBytes();
    }
    for (Turn turn : turns) {
      measure();
      Map<String, Tensor> expected = Map.of(OUTPUT, turn.in().get(INPUT));
      Checks.close(OUTPUT, turn.out(), expected, Map.of(OUTPUT, 0.0));
    }
    gigabytes = 2 * bytes / 1e9;
  }

  private void measure() {
    Turn turn = turns.get(next);
    turn.session().run(turn.in(), turn.out());
    next = next + 1 == turns.size() ? 0 : next + 1;
  }

  @Override
  protected void measure(Cost cost) {
    measure();
    cost.add(0, gigabytes);
  }
}
