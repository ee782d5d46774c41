package dev.hydranet.cli.timing;

import java.util.stream.LongStream;

/** How long something took, again and again. */
public final class Latencies {
  private static final long WARM_UP_NANOSECONDS = 1_000_000_000L;
  private static final int WARM_UP_RUNS = 5;
  private static final long NANOSECONDS = 3_000_000_000L;
  private static final int RUNS = 20;

  private final long[] sorted;

  /** Of given nanoseconds, at least one. */
  public Latencies(long... nanoseconds) {
    sorted = LongStream.of(nanoseconds).sorted().toArray();
  }

  /** Runs it until it is as fast as it gets. */
  public static void warmUp(Runnable work) {
    run(work, WARM_UP_RUNS, WARM_UP_NANOSECONDS);
  }

  /** Runs it for some seconds. */
  public static Latencies measure(Runnable work) {
    return new Latencies(run(work, RUNS, NANOSECONDS));
  }

  /** Repeats the work for at least the given number of runs and the given time. */
  private static long[] run(Runnable work, int runs, long duration) {
    LongStream.Builder times = LongStream.builder();
    long end = System.nanoTime() + duration;
    long start = System.nanoTime();
    for (int run = 0; run < runs || start < end; run++) {
      work.run();
      long now = System.nanoTime();
      times.add(now - start);
      start = now;
    }
    return times.build().toArray();
  }

  /** In milliseconds, as all that follow. */
  public double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[half] / 1e6
        : (sorted[half - 1] + sorted[half]) / 2 / 1e6;
  }

  public double minimum() {
    return sorted[0] / 1e6;
  }

  /** A percentile: the least latency that a given share of the runs did not exceed. */
  public double percentile(int percent) {
    return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1] / 1e6;
  }
}
