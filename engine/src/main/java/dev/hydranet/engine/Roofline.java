package dev.hydranet.engine;

import dev.hydranet.engine.kernel.MultiplyAdds;
import dev.hydranet.engine.kernel.choice.Kernels;
import java.util.concurrent.CountDownLatch;

/**
 * The two ceilings that no computation on this machine gets above (Williams, Waterman, Patterson,
 * <i>Roofline</i>, CACM 52(4), 2009), for the kernels in use.
 *
 * @param macsPerSecond float32 multiply-adds in a second; of scalar kernels, what the compiler
 *     makes of a plain loop
 * @param bytesPerSecond bytes in a second between memory and processor, by the triad {@code a = b +
 *     s * c} on arrays larger than caches; reads and writes as STREAM counts them, three a number
 */
public record Roofline(double macsPerSecond, double bytesPerSecond) {
  /** Rounds of some milliseconds each; the best of them counts, since others only disturb. */
  private static final int ROUNDS = 20;

  /** Runs of multiply-adds in a round. */
  private static final int RUNS = 64;

  /** Numbers that the triad makes in a round, whatever the arrays' length. */
  private static final int TRIAD_FLOATS = 1 << 24;

  /** Bytes of the triad's three arrays, and so those that pass, for each number. */
  private static final int TRIAD_BYTES = 3 * Float.BYTES;

  /** 192 MB. */
  private static final long MEMORY_BYTES = (long) TRIAD_FLOATS * TRIAD_BYTES;

  /** What is done by one of the threads. */
  private interface Share {
    void run(int thread);
  }

  /**
   * Measures both, which takes about a second and keeps the threads busy meanwhile; the triad takes
   * up to 192 MB of heap for as long.
   *
   * @param threads that work at once
   * @return this machine's peak now, with the present load
   */
  public static Roofline measure(Threads threads) {
    long bytes = Math.min(MEMORY_BYTES, Runtime.getRuntime().maxMemory() / 2);
    return new Roofline(multiplyAdds(threads.count()), bandwidth(threads, bytes / threads.count()));
  }

  /**
   * {@return bytes in a second between processor and the memory, or cache, that holds so much}
   *
   * @param threads that work at once
   * @param bytes that each thread works on, from 12 to 2^32
   */
  public static double bandwidth(Threads threads, long bytes) {
    int floats = Math.toIntExact(bytes / TRIAD_BYTES);
    int runs = Math.max(1, TRIAD_FLOATS / floats / threads.count());
    float[][][] arrays = new float[threads.count()][3][floats];
    double seconds =
        best(
            threads.count(),
            thread -> {
              float[][] own = arrays[thread];
              for (int run = 0; run < runs; run++) {
                triad(own[0], own[1], own[2]);
              }
            });
    return (double) floats * TRIAD_BYTES * runs * threads.count() / seconds;
  }

  private static double multiplyAdds(int threads) {
    MultiplyAdds work = Kernels.provider().multiplyAdds();
    float[][] sums = new float[threads][MultiplyAdds.MAX_SUMS];
    double seconds =
        best(
            threads,
            thread -> {
              for (int run = 0; run < RUNS; run++) {
                work.run(sums[thread]);
              }
            });
    return work.count() * (double) RUNS * threads / seconds;
  }

  private static void triad(float[] a, float[] b, float[] c) {
    for (int i = 0; i < a.length; i++) {
      a[i] = b[i] + 3 * c[i];
    }
  }

  /** Seconds from the start of all shares to the end of the last, in the best round. */
  private static double best(int threads, Share share) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, round(threads, share));
    }
    return best / 1e9;
  }

  private static long round(int threads, Share share) {
    CountDownLatch ready = new CountDownLatch(threads - 1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(threads - 1);
    for (int i = 1; i < threads; i++) {
      int thread = i;
      Thread worker =
          new Thread(
              () -> {
                ready.countDown();
                await(go);
                share.run(thread);
                done.countDown();
              },
              "hydranet-roofline-" + thread);
      worker.setDaemon(true);
      worker.start();
    }
    await(ready);
    long start = System.nanoTime();
    go.countDown();
    share.run(0);
    await(done);
    return System.nanoTime() - start;
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
