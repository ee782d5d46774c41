package dev.hydranet.engine.serve;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Gives the process's compute threads to requests in the order in which they came. */
final class Scheduler {
  private static final Scheduler SHARED = new Scheduler();

  /** Waiting this long for work, a thread ends. */
  private static final long IDLE_SECONDS = 1;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Request<?>> waiting = new LinkedHashSet<>();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform()
              .name("hydranet-compute-", 1)
              .daemon()
              .inheritInheritableThreadLocals(false)
              .factory());

  /** 0 until it is asked for. */
  private int limit;

  private int used;

  private Scheduler() {}

  static Scheduler shared() {
    return SHARED;
  }

  int limit() {
    lock.lock();
    try {
      if (limit == 0) {
        limit = ComputeThreads.initialLimit();
      }
      return limit;
    } finally {
      lock.unlock();
    }
  }

  void setLimit(int value) {
    List<Request<?>> ready;
    lock.lock();
    try {
      limit = value;
      ready = grantFreeThreads();
    } finally {
      lock.unlock();
    }
    start(ready);
  }

  void submit(Request<?> request) {
    List<Request<?>> ready = List.of(request);
    lock.lock();
    try {
      if (waiting.isEmpty() && used < limit()) {
        grant(request);
      } else {
        request.queue().enter();
        waiting.add(request);
        ready = List.of();
      }
    } finally {
      lock.unlock();
    }
    start(ready);
  }

  /** Takes a request out of the queue, if it is still there. */
  void withdraw(Request<?> request) {
    lock.lock();
    try {
      if (waiting.remove(request)) {
        request.queue().leave();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a request's threads back, all but some. */
  void release(Request<?> request, int kept) {
    List<Request<?>> ready = List.of();
    lock.lock();
    try {
      if (request.granted() > kept) {
        used -= request.granted() - kept;
        request.grant(kept);
        ready = grantFreeThreads();
      }
    } finally {
      lock.unlock();
    }
    start(ready);
  }

  private List<Request<?>> grantFreeThreads() {
    List<Request<?>> ready = new ArrayList<>();
    while (!waiting.isEmpty() && used < limit()) {
      Request<?> next = waiting.iterator().next();
      waiting.remove(next);
      next.queue().leave();
      grant(next);
      ready.add(next);
    }
    return ready;
  }

  /** Alone, a request gets all threads that are free and of use to it; else one. */
  private void grant(Request<?> request) {
    int granted = waiting.isEmpty() ? Math.min(request.wantedThreads(), limit() - used) : 1;
    used += granted;
    request.grant(granted);
  }

  /** Outside of the lock: who waits for a request that cannot start may run anything. */
  private void start(List<Request<?>> ready) {
    for (Request<?> request : ready) {
      try {
        threads.execute(request);
      } catch (Throwable e) {
        // The system has no thread left.
        release(request, 0);
        request.fail(e);
      }
    }
  }
}
