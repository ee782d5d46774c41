package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.network.HydraNetwork;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Several runtimes on one network, on several numbers of threads, by turns in one process. */
final class Contest {
  /** A runtime on a number of threads. */
  record Entrant(RuntimeKind kind, int threads) {}

  /** What came of it. */
  record Result(String version, Timing timing, Agreement agreement) {}

  private final Scenario scenario;

  Contest(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * Runs them all.
   *
   * @param kinds this engine among them
   */
  Map<Entrant, Result> run(
      Collection<RuntimeKind> kinds,
      Collection<Integer> threads,
      ModelFiles files,
      int rounds,
      int runs)
      throws Exception {
    Map<Entrant, Peer> peers = new LinkedHashMap<>();
    try {
      Tensor picture = scenario.input(0).get(HydraNetwork.INPUT);
      for (int count : threads) {
        for (RuntimeKind kind : kinds) {
          peers.put(new Entrant(kind, count), kind.load(files, scenario, count, picture));
        }
      }
      return results(peers, Turns.take(peers, rounds, runs));
    } finally {
      for (Peer peer : peers.values()) {
        peer.close();
      }
    }
  }

  private Map<Entrant, Result> results(Map<Entrant, Peer> peers, Map<Entrant, Timing> timings)
      throws Exception {
    Graph graph = scenario.graph();
    Map<String, Double> tolerances =
        Tolerance.of(graph, Map.of(HydraNetwork.INPUT, scenario.shape()), graph.outputs());
    Map<Entrant, Result> results = new LinkedHashMap<>();
    for (Map.Entry<Entrant, Peer> entry : peers.entrySet()) {
      Entrant entrant = entry.getKey();
      Peer ours = peers.get(new Entrant(RuntimeKind.HYDRANET, entrant.threads()));
      Peer theirs = entry.getValue();
      Agreement agreement = Agreement.of(theirs.outputs(), ours.outputs(), tolerances);
      results.put(entrant, new Result(theirs.version(), timings.get(entrant), agreement));
    }
    return results;
  }
}
