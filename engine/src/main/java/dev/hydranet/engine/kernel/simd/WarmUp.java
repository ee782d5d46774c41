package dev.hydranet.engine.kernel.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the hot loops of the kernels compiled before a network runs, once in a JVM: on a thread of
 * its own, which ends when they are. Without it the first run of a network would do most of its
 * work with an object for each vector, and the compiler would have to find its loops among those
 * that handle the objects.
 *
 * <p>A loop is compiled when it allocates nothing any more.
 */
final class WarmUp {
  /** Calls with nothing to do, for two with work. */
  private static final int IDLE_CALLS = 1024;

  /** Of a loop in a call with work: as few as will do, since each costs some hundred calls. */
  private static final int ROUNDS = 2;

  /** Loops at once: while one is compiled, the next become ready. */
  private static final int AT_ONCE = 6;

  /** Between two looks at a loop, so that the compiler has the processor. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  /** Where compiling takes so long, networks run without. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static Thread thread;

  private final ThreadMXBean threads;
  private final Queue<HotLoop> waiting;
  private final List<HotLoop> taken = new ArrayList<>();

  private WarmUp(ThreadMXBean threads, List<HotLoop> loops) {
    this.threads = threads;
    this.waiting = new ArrayDeque<>(loops);
  }

  /** Begins, unless it has begun. */
  static synchronized void begin(int panel) {
    if (thread == null) {
      thread =
          Thread.ofPlatform()
              .name("hydranet-warm-up")
              .daemon()
              .inheritInheritableThreadLocals(false)
              .unstarted(() -> compile(HotLoops.all(panel), LIMIT));
      try {
        thread.start();
      } catch (OutOfMemoryError e) {
        // The system has no thread left: the loops are compiled while networks run.
      }
    }
  }

  /** Waits for the end of what has begun, unless the calling thread is interrupted. */
  static void await() {
    Thread begun = begun();
    try {
      if (begun != null) {
        begun.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized Thread begun() {
    return thread;
  }

  /**
   * Calls loops until they are compiled.
   *
   * @return those that are not after the given time; all where this JVM does not tell what a thread
   *     allocates
   */
  static List<HotLoop> compile(List<HotLoop> loops, Duration limit) {
    try {
      if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
          && threads.isThreadAllocatedMemorySupported()
          && threads.isThreadAllocatedMemoryEnabled()) {
        return new WarmUp(threads, loops).compile(System.nanoTime() + limit.toNanos());
      }
    } catch (LinkageError e) {
      // A JVM without the modules that tell.
    }
    return loops;
  }

  private List<HotLoop> compile(long end) {
    while (System.nanoTime() < end) {
      while (taken.size() < AT_ONCE && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
      taken.removeIf(this::isCompiled);
      if (taken.isEmpty() && waiting.isEmpty()) {
        return List.of();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    taken.addAll(waiting);
    return taken;
  }

  /** Calls a loop some more; tells whether it allocates nothing. */
  private boolean isCompiled(HotLoop loop) {
    loop.calls().make(IDLE_CALLS, 0);
    long before = threads.getCurrentThreadAllocatedBytes();
    loop.calls().make(2, ROUNDS);
    return threads.getCurrentThreadAllocatedBytes() == before;
  }
}
