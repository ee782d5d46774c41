package dev.hydranet.engine.serve;

import java.util.concurrent.CompletableFuture;

/** A request, from the queue to its answer. */
final class Request<T> extends CompletableFuture<T> implements Turn, Runnable {
  private final RequestQueue queue;
  private final int wantedThreads;
  private final RequestQueue.Work<T> work;
  private final long submitted = System.nanoTime();
  private long waited;

  /** Held by the scheduler for it; guarded by the scheduler. */
  private int granted;

  Request(RequestQueue queue, int wantedThreads, RequestQueue.Work<T> work) {
    this.queue = queue;
    this.wantedThreads = wantedThreads;
    this.work = work;
  }

  RequestQueue queue() {
    return queue;
  }

  int wantedThreads() {
    return wantedThreads;
  }

  int granted() {
    return granted;
  }

  void grant(int threads) {
    granted = threads;
  }

  @Override
  public void run() {
    T answer = null;
    Throwable failure = null;
    waited = System.nanoTime() - submitted;
    try {
      if (!isDone()) {
        answer = work.compute(this);
      }
    } catch (Throwable e) {
      failure = e;
    }
    // Others get the threads before anybody hears of the answer.
    Scheduler.shared().release(this, 0);
    if (failure == null) {
      super.complete(answer);
    } else {
      super.completeExceptionally(failure);
    }
  }

  /** Ends it where no thread could be started. */
  void fail(Throwable failure) {
    super.completeExceptionally(failure);
  }

  @Override
  public int threads() {
    return granted;
  }

  @Override
  public boolean isCancelled() {
    return isDone();
  }

  @Override
  public void keepOneThread() {
    Scheduler.shared().release(this, 1);
  }

  @Override
  public long waitedNanos() {
    return waited;
  }

  // It leaves the queue before anybody hears that it is done.

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    Scheduler.shared().withdraw(this);
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean complete(T value) {
    Scheduler.shared().withdraw(this);
    return super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    Scheduler.shared().withdraw(this);
    return super.completeExceptionally(failure);
  }
}
