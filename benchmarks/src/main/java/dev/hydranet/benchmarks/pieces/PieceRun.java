package dev.hydranet.benchmarks.pieces;

import dev.hydranet.benchmarks.harness.Checks;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs copies of a piece of a network, in sessions that take turns. */
public final class PieceRun {
  /** Copies of the piece in one run. */
  static final int COPIES = 8;

  /** More than last-level caches hold. */
  public static final long ROTATED_BYTES = 128 << 20;

  private final PieceCopies copies;
  private final Map<String, Tensor> weights;
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
    copies = PieceCopies.of(piece, COPIES);
    weights = copies.weights();
    Plan plan = Planner.plan(copies.graph(), weights);
    do {
      sessions.add(plan.newSession(copies.shapes(), Threads.of(1)));
    } while (sessions.get(0).workingBytes() * sessions.size() < rotatedBytes);
    outputs = sessions.get(0).newOutputs();
    check();
  }

  /** Computes all copies. */
  void run() {
    sessions.get(next).run(copies.inputs(), outputs);
    next = next + 1 == sessions.size() ? 0 : next + 1;
  }

  /** One copy's whole output, planned by itself, and its sample from every session. */
  private void check() {
    String value = PieceCopies.value(COPIES - 1);
    String sample = PieceCopies.sample(COPIES - 1);
    List<String> names = List.of(value, sample);
    Graph graph = copies.graph();
    Map<String, Tensor> expected = ReferenceExecutor.run(graph, weights, copies.inputs(), names);
    Map<String, Double> tolerances = Tolerance.of(graph, copies.shapes(), names);
    Session whole =
        Planner.plan(graph, weights, List.of(value)).newSession(copies.shapes(), Threads.of(1));
    Map<String, Tensor> actual = whole.newOutputs();
    whole.run(copies.inputs(), actual);
    Checks.close(value, actual, expected, tolerances);
    for (int i = 0; i < sessions.size(); i++) {
      run();
      Checks.close(sample, outputs, expected, tolerances);
    }
  }
}
