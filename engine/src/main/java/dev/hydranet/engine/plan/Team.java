package dev.hydranet.engine.plan;

import dev.hydranet.engine.kernel.Kernel;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one session. The caller takes parts of a kernel like the others, so that a worker
 * that sleeps or is not scheduled holds up nothing but the part that it has taken. Workers are
 * daemons; without work they end after a while, and the next call starts new ones.
 */
final class Team {
  /** Looks for work before a thread goes to sleep: longer than the pause between two kernels. */
  private static final int SPINS = 20_000;

  /**
   * How long a worker waits for the next call before it ends. Starting one again costs some
   * microseconds; a session that nobody wants any more, as with images of ever new sizes, leaves
   * its workers behind for so long.
   */
  private static final long IDLE_NANOS = 100_000_000;

  private final Deal deal = new Deal();
  private final float[][] scratch;
  private final Worker[] workers;
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
    deal.clear();
  }

  /** Computes all parts of a kernel, and returns when they are done. */
  void run(Kernel next) {
    long number = deal.open(next);
    for (Worker worker : workers) {
      if (worker != null && worker.asleep) {
        LockSupport.unpark(worker);
      }
    }
    deal.take(number, scratch[0]);
    int spins = 0;
    while (!deal.isFinished()) {
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    Throwable failed = deal.failure();
    if (failed instanceof OutOfMemoryError full) {
      throw full;
    }
    if (failed != null) {
      throw new IllegalStateException("a kernel failed: " + failed, failed);
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
        long number = team.deal.number();
        if (number != done) {
          team.deal.take(number, team.scratch[index]);
          done = number;
          spins = 0;
        } else if (team.busy && ++spins < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          long before = System.nanoTime();
          // Looked at once more now that the caller can see that it must wake this thread.
          if (team.deal.number() == done) {
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
