package dev.hydranet.video;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;

/** A short queue from one thread to another, which can end, fail or be cancelled. */
final class Handoff<T> {
  private final Queue<T> waiting = new ArrayDeque<>();
  private final int capacity;
  private boolean ended;
  private boolean cancelled;
  private Throwable failure;

  Handoff(int capacity) {
    this.capacity = capacity;
  }

  /** Waits for room; throws if the receiver has stopped. */
  synchronized void put(T item) throws InterruptedException {
    while (waiting.size() == capacity && !cancelled) {
      wait();
    }
    if (cancelled) {
      throw new CancellationException();
    }
    waiting.add(item);
    notifyAll();
  }

  /**
   * Waits for the next; null at the end.
   *
   * @throws CancellationException if nothing is wanted any more
   */
  synchronized T take() throws InterruptedException {
    while (waiting.isEmpty() && !ended && !cancelled) {
      wait();
    }
    if (cancelled) {
      throw new CancellationException();
    }
    T next = waiting.poll();
    notifyAll();
    if (next == null && failure instanceof RuntimeException e) {
      throw e;
    }
    if (next == null && failure instanceof Error e) {
      throw e;
    }
    return next;
  }

  /** Nothing comes after what waits. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** A failure, unchecked, comes after what waits. */
  synchronized void fail(Throwable unchecked) {
    failure = unchecked;
    end();
  }

  /** Nothing is put or taken any more; what waits is dropped. */
  synchronized void cancel() {
    cancelled = true;
    waiting.clear();
    notifyAll();
  }
}
