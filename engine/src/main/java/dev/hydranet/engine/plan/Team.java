package dev.hydranet.engine.plan;

import dev.hydranet.engine.kernel.Kernel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one session. The caller takes parts of a kernel like the others, so that a worker
 * that sleeps or is not scheduled holds up nothing but the part that it has taken. Workers are
 * daemons; without work they end after a while, and the next call starts new ones.
 */
final class Team {
  /** A part that no kernel has: while the next kernel is set up, none can be taken. */
  private static final int NONE = Integer.MAX_VALUE;

  /** Looks for work before a thread goes to sleep: longer than the pause between two kernels. */
  private static final int SPINS = 20_000;

  /**
   * How long a worker waits for the next call before it ends. Starting one again costs some
   * microseconds; a session that nobody wants any more, as with images of ever new sizes, leaves
   * its workers behind for so long.
   */
  private static final long IDLE_NANOS = 100_000_000;

  /**
   * The number of the kernel in the upper half, its next part in the lower: taking a part checks
   * both at once.
   */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final float[][] scratch;
  private final Worker[] workers;
  private volatile Kernel kernel;
  private volatile int parts;
  private volatile Throwable failure;
  private volatile boolean busy;

  /** A team of as many as there is scratch memory for. */
  Team(float[][] scratch) {
    this.scratch = scratch;
    this.workers = new Worker[scratch.length - 1];
  }

  /** Makes the workers ready for a row of kernels. */
  void begin() {
    busy = true;
    for (int i = 0; i < workers.length; i++) {
      if (workers[i] == null || !workers[i].isAlive()) {
        workers[i] = new Worker(this, i + 1);
        startIfPossible(workers[i]);
      } else {
        LockSupport.unpark(workers[i]);
      }
    }
  }

  private static void startIfPossible(Worker worker) {
    try {
      worker.start();
    } catch (OutOfMemoryError e) {
      // The system has no thread left, of which the JVM warns. The others take this one's parts.
    }
  }

  /** Lets the workers sleep. */
  void end() {
    busy = false;
    kernel = null;
  }

  /** Computes all parts of a kernel, and returns when they are done. */
  void run(Kernel next) {
    int count = next.parts();
    long number = ticket.get() >>> 32;
    ticket.set(number << 32 | NONE);
    // Round again after 2^32 kernels, some weeks of work.
    number = number + 1 & 0xFFFFFFFFL;
    kernel = next;
    parts = count;
    unfinished.set(count);
    ticket.set(number << 32);
    for (Worker worker : workers) {
      if (worker != null && worker.asleep) {
        LockSupport.unpark(worker);
      }
    }
    work(number, scratch[0]);
    int spins = 0;
    while (unfinished.get() > 0) {
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    Throwable failed = failure;
    if (failed != null) {
      failure = null;
      if (failed instanceof OutOfMemoryError full) {
        throw full;
      }
      throw new IllegalStateException("a kernel failed: " + failed, failed);
    }
  }

  /** Takes parts of the kernel of the given number until none is left. */
  private void work(long number, float[] memory) {
    while (true) {
      long now = ticket.get();
      Kernel current = kernel;
      int part = (int) now;
      if (now >>> 32 != number || part >= parts) {
        return;
      }
      // Where this succeeds, the kernel cannot have changed since it was read: it still had a part
      // to take.
      if (ticket.compareAndSet(now, now + 1)) {
        try {
          current.run(part, memory);
        } catch (Throwable e) {
          failure = e;
        } finally {
          unfinished.decrementAndGet();
        }
      }
    }
  }

  private static final class Worker extends Thread {
    private final Team team;
    private final int index;
    private volatile boolean asleep;

    Worker(Team team, int index) {
      super("hydranet-worker-" + index);
      this.team = team;
      this.index = index;
      setDaemon(true);
    }

    @Override
    public void run() {
      long done = 0;
      int spins = 0;
      while (true) {
        long number = team.ticket.get() >>> 32;
        if (number != done) {
          team.work(number, team.scratch[index]);
          done = number;
          spins = 0;
        } else if (team.busy && ++spins < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          long before = System.nanoTime();
          // Looked at once more now that the caller can see that it must wake this thread.
          if (team.ticket.get() >>> 32 == done) {
            LockSupport.parkNanos(team, IDLE_NANOS);
          }
          // Nobody has a reason to interrupt a worker; one that stays interrupted never sleeps.
          Thread.interrupted();
          asleep = false;
          if (!team.busy && System.nanoTime() - before >= IDLE_NANOS) {
            return;
          }
          spins = 0;
        }
      }
    }
  }
}
