package dev.hydranet.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One runtime's times in milliseconds, round by round. */
final class Timing {
  private final List<double[]> rounds = new ArrayList<>();

  /** Adds a round of at least one run. */
  void add(double... round) {
    rounds.add(round.clone());
  }

  /** Of all runs. */
  double median() {
    return median(rounds.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  /** The median of the round where that is the least: what a machine does when others let it. */
  double bestRound() {
    return Arrays.stream(roundMedians()).min().orElseThrow();
  }

  /** Of all runs. */
  double minimum() {
    return rounds.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  /**
   * How many times as long as the other it took: the median over the rounds of the ratio of their
   * medians, so that what slows both in a round slows neither in the ratio.
   */
  double times(Timing other) {
    double[] ours = roundMedians();
    double[] theirs = other.roundMedians();
    return median(IntStream.range(0, ours.length).mapToDouble(i -> ours[i] / theirs[i]).toArray());
  }

  /** The median of each round. */
  double[] roundMedians() {
    return rounds.stream().mapToDouble(Timing::median).toArray();
  }

  /** Of at least one value. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
