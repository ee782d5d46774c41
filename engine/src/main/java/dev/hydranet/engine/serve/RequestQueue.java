package dev.hydranet.engine.serve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests of one network that wait for compute threads. Those of all networks get their turn
 * in the order in which they came. They compute on the engine's own platform threads, which are
 * daemons, inherit nothing from a caller, and end when there is no work.
 *
 * <p>Safe for use by any threads, virtual ones among them.
 */
public final class RequestQueue {
  private final int capacity;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * An empty queue.
   *
   * @param capacity how many requests may wait; those that compute do not count
   * @throws IllegalArgumentException if it is negative
   */
  public RequestQueue(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity must be at least 0, found " + capacity);
    }
    this.capacity = capacity;
  }

  /**
   * What a request computes.
   *
   * @param <T> its answer
   */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Computes the answer.
     *
     * @param turn how many threads it may use, and whether it is still wanted
     * @return the answer
     */
    T compute(Turn turn);
  }

  /**
   * Puts a request at the end of the queue; does not wait.
   *
   * @param <T> its answer
   * @param threads that it can make use of, at least 1; it may get fewer
   * @param work what it computes
   * @return the answer to be. To cancel it, or to complete it in any other way, takes the request
   *     out of the queue, or tells the work that it is cancelled. What depends on the answer runs
   *     on a compute thread that holds no turn any more
   * @throws QueueFullException if too many wait
   */
  public <T> CompletableFuture<T> submit(int threads, Work<T> work) {
    Request<T> request = new Request<>(this, threads, work);
    Scheduler.shared().submit(request);
    return request;
  }

  /** {@return how many requests wait} */
  public int waiting() {
    return waiting.get();
  }

  /** Counts a request that must wait. */
  void enter() {
    if (waiting.incrementAndGet() > capacity) {
      waiting.decrementAndGet();
      throw new QueueFullException(capacity);
    }
  }

  /** Counts a request that waits no longer. */
  void leave() {
    waiting.decrementAndGet();
  }
}
