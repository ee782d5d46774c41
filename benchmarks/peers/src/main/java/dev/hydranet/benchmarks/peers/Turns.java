package dev.hydranet.benchmarks.peers;

import java.util.LinkedHashMap;
import java.util.Map;

/** Times several peers by turns, so that what slows one slows the others. */
final class Turns {
  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final int WARM_UP_RUNS = 10;

  /** Idle threads of the runtime before must have gone to sleep. */
  private static final long PAUSE_MILLIS = 200;

  /** Runs at the beginning of a turn that are not timed: caches and clocks come back. */
  private static final int UNTIMED_RUNS = 2;

  private Turns() {}

  /**
   * Warms them up, then times them.
   *
   * @param rounds how many turns each has
   * @param runs timed runs in a turn
   */
  static <K> Map<K, Timing> take(Map<K, Peer> peers, int rounds, int runs) throws Exception {
    for (Peer peer : peers.values()) {
      warmUp(peer);
    }
    Map<K, Timing> timings = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<K, Peer> entry : peers.entrySet()) {
        timings
            .computeIfAbsent(entry.getKey(), k -> new Timing())
            .add(turn(entry.getValue(), runs));
      }
    }
    return timings;
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
}
