package dev.hydranet.benchmarks.stages;

import dev.hydranet.engine.kernel.Kernel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that share the parts of kernels as those of the engine's sessions do: whoever is free
 * takes the next part. The others never sleep, since nothing is timed but full work.
 */
final class Crew implements AutoCloseable {
  /** Two cache lines of floats: threads that write within one line wait for each other. */
  private static final int APART = 32;

  private final float[][] scratch;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private volatile Kernel kernel;
  private volatile int order;
  private volatile boolean closed;

  /**
   * Starts the threads but the caller's.
   *
   * @param kernels all that they are to run
   */
  Crew(int threads, List<Kernel> kernels) {
    long floats = kernels.stream().mapToLong(Kernel::scratchFloats).max().orElse(0);
    scratch = new float[threads][Math.toIntExact(floats) + APART];
    for (int i = 1; i < threads; i++) {
      float[] own = scratch[i];
      Thread thread = new Thread(() -> serve(own), "crew-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Computes all parts of kernels, one kernel after the other. */
  void run(List<Kernel> kernels) {
    for (int i = 0; i < kernels.size(); i++) {
      kernel = kernels.get(i);
      next.set(0);
      busy.set(scratch.length - 1);
      order++;
      work(scratch[0]);
      while (busy.get() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  private void serve(float[] own) {
    int done = 0;
    while (!closed) {
      if (order == done) {
        Thread.onSpinWait();
      } else {
        done++;
        work(own);
        busy.decrementAndGet();
      }
    }
  }

  private void work(float[] own) {
    Kernel current = kernel;
    int parts = current.parts();
    for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
      current.run(part, own);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
