package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.Scenario;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.network.HydraNetwork;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Several runtimes on one network, taking turns in one process. */
final class Contest {
  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final int WARM_UP_RUNS = 10;

  /** Idle threads of the runtime before must have gone to sleep. */
  private static final long PAUSE_MILLIS = 200;

  /** Runs at the beginning of a turn that are not timed: caches and clocks come back. */
  private static final int UNTIMED_RUNS = 2;

  private final Scenario scenario;
  private final Map<RuntimeKind, Peer> peers = new EnumMap<>(RuntimeKind.class);

  /**
   * What came of it.
   *
   * @param version the runtime's
   * @param error the largest difference to this engine's outputs, over their largest magnitude
   * @param right whether that is within tolerance
   */
  record Result(String version, Timing timing, double error, boolean right) {}

  Contest(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Runs them all, this engine among them. */
  Map<RuntimeKind, Result> run(
      Set<RuntimeKind> kinds, ModelFiles files, int threads, int rounds, int runs)
      throws Exception {
    try {
      Tensor picture = scenario.input(0).get(HydraNetwork.INPUT);
      for (RuntimeKind kind : kinds) {
        Peer peer = kind.load(files, scenario, threads, picture);
        peers.put(kind, peer);
        warmUp(peer);
      }
      Map<RuntimeKind, Timing> timings = new EnumMap<>(RuntimeKind.class);
      for (int round = 0; round < rounds; round++) {
        for (RuntimeKind kind : kinds) {
          timings.computeIfAbsent(kind, k -> new Timing()).add(turn(peers.get(kind), runs));
        }
      }
      return results(timings);
    } finally {
      for (Peer peer : peers.values()) {
        peer.close();
      }
    }
  }

  private static void warmUp(Peer peer) throws Exception {
    long end = System.nanoTime() + WARM_UP_NANOS;
    for (int run = 0; run < WARM_UP_RUNS || System.nanoTime() < end; run++) {
      peer.run();
    }
  }

  private static double[] turn(Peer peer, int runs) throws Exception {
    Thread.sleep(PAUSE_MILLIS);
    for (int run = 0; run < UNTIMED_RUNS; run++) {
      peer.run();
    }
    double[] milliseconds = new double[runs];
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      peer.run();
      milliseconds[run] = (System.nanoTime() - start) / 1e6;
    }
    return milliseconds;
  }

  private Map<RuntimeKind, Result> results(Map<RuntimeKind, Timing> timings) throws Exception {
    Graph graph = scenario.graph();
    Map<String, Double> tolerances =
        Tolerance.of(graph, Map.of(HydraNetwork.INPUT, scenario.shape()), graph.outputs());
    Map<String, Tensor> ours = peers.get(RuntimeKind.HYDRANET).outputs();
    Map<RuntimeKind, Result> results = new EnumMap<>(RuntimeKind.class);
    for (Map.Entry<RuntimeKind, Peer> entry : peers.entrySet()) {
      Map<String, Tensor> theirs = entry.getValue().outputs();
      double error = 0;
      boolean right = true;
      for (String name : graph.outputs()) {
        double one = Difference.between(theirs.get(name), ours.get(name)).maxRelative();
        error = Math.max(error, one);
        // Each may be off by the tolerance, in opposite directions.
        right &= one <= 2 * tolerances.get(name);
      }
      RuntimeKind kind = entry.getKey();
      results.put(kind, new Result(entry.getValue().version(), timings.get(kind), error, right));
    }
    return results;
  }
}
