package dev.hydranet;

import dev.hydranet.engine.serve.ComputeThreads;
import dev.hydranet.engine.serve.QueueFullException;
import dev.hydranet.engine.serve.RequestQueue;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What callers of one network wait for: they queue here, and compute threads answer. */
final class Predictions {
  /** Computes an image while it has its turn. */
  interface Work extends RequestQueue.Work<Scene> {}

  /** Makes the work of an image. */
  interface WorkOf {
    Work of(BufferedImage image);
  }

  private final RequestQueue queue;
  private final int threads;

  /**
   * For one network.
   *
   * @param capacity how many images may wait
   * @param threads that compute an image, at most
   */
  Predictions(int capacity, int threads) {
    this.queue = new RequestQueue(capacity);
    this.threads = threads;
  }

  CompletableFuture<Scene> submit(Work work) {
    return queue.submit(threads, work);
  }

  /** Waits for an answer, as long as it takes. */
  static Scene await(CompletableFuture<Scene> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw interrupted(answer, e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  /** Waits for an answer up to a time, and cancels it then. */
  static Scene await(CompletableFuture<Scene> answer, Duration timeout) throws TimeoutException {
    try {
      return answer.get(nanoseconds(timeout), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(answer, e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TimeoutException("no answer within " + timeout);
    }
  }

  private static long nanoseconds(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static CancellationException interrupted(
      CompletableFuture<Scene> answer, InterruptedException cause) {
    answer.cancel(true);
    Thread.currentThread().interrupt();
    CancellationException cancelled =
        new CancellationException("interrupted while waiting for an answer");
    cancelled.initCause(cause);
    return cancelled;
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    // Work does not throw anything else.
    return (RuntimeException) failure;
  }

  /**
   * The answers to many images, in their order. A few of them are under way at a time, each on one
   * thread as long as there are enough of them: that takes less time than one after the other on
   * all.
   */
  List<Scene> all(List<BufferedImage> images, WorkOf works) {
    int limit = ComputeThreads.limit();
    List<Scene> scenes = new ArrayList<>(images.size());
    Deque<CompletableFuture<Scene>> underWay = new ArrayDeque<>();
    try {
      for (int i = 0; i < images.size(); i++) {
        if (underWay.size() >= 2 * limit) {
          scenes.add(await(underWay.remove()));
        }
        int wanted = images.size() - i >= limit ? 1 : threads;
        underWay.add(submit(wanted, works.of(images.get(i)), underWay, scenes));
      }
      while (!underWay.isEmpty()) {
        scenes.add(await(underWay.remove()));
      }
      return scenes;
    } finally {
      underWay.forEach(answer -> answer.cancel(true));
    }
  }

  /** Where the queue is full, waits for those under way first. */
  private CompletableFuture<Scene> submit(
      int wanted, Work work, Deque<CompletableFuture<Scene>> underWay, List<Scene> scenes) {
    while (true) {
      try {
        return queue.submit(wanted, work);
      } catch (QueueFullException e) {
        if (underWay.isEmpty()) {
          throw e;
        }
        scenes.add(await(underWay.remove()));
      }
    }
  }
}
