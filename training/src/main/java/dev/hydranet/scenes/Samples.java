package dev.hydranet.scenes;

import dev.hydranet.scenes.sample.Sample;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Renders samples on several threads, and hands them on in their order. */
final class Samples {
  private final int threads;
  private final Supplier<LongFunction<Sample>> renderers;

  /**
   * Samples by their index.
   *
   * @param renderers makes a renderer for one thread
   */
  Samples(int threads, Supplier<LongFunction<Sample>> renderers) {
    this.threads = threads;
    this.renderers = renderers;
  }

  /** What is done with each sample. */
  interface Sink {
    void accept(long index, Sample sample) throws IOException;
  }

  /** Renders {@code count} samples from {@code first} on, a few ahead of the sink. */
  void each(long first, long count, Sink sink) throws IOException, InterruptedException {
    ThreadLocal<LongFunction<Sample>> renderer = ThreadLocal.withInitial(renderers);
    Queue<Future<Sample>> ahead = new ArrayDeque<>();
    ExecutorService workers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    try {
      long asked = 0;
      for (long done = 0; done < count; done++) {
        for (; asked < count && asked < done + 2L * threads; asked++) {
          long index = first + asked;
          Callable<Sample> task = () -> renderer.get().apply(index);
          ahead.add(workers.submit(task));
        }
        sink.accept(first + done, ahead.remove().get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sample could not be rendered", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }
}
