package dev.hydranet.engine.run;

import dev.hydranet.engine.kernel.Kernel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one session. The caller takes parts of a kernel like the others, so that a worker
 * that sleeps or is not scheduled holds up nothing but the part that it has taken. Workers are
 * daemons; without work they end after a while, and the next call starts new ones.
 *
 * <p>Between kernels threads spin, which is faster than to sleep and wake, unless all sessions of
 * the process together compute on more threads than there are processors.
 */
public final class Workers {
  /** Looks for work before a thread goes to sleep: longer than the pause between two kernels. */
  private static final int SPINS = 20_000;

  /**
   * How long a worker waits for the next call before it ends. Starting one again costs some
   * microseconds; a session that nobody wants any more, as with images of ever new sizes, leaves
   * its workers behind for so long.
   */
  private static final long IDLE_NANOS = 100_000_000;

  /** Threads that compute at the moment, in all sessions. */
  private static final AtomicInteger COMPUTING = new AtomicInteger();

  private final WorkQueue queue = new WorkQueue();
  private final float[][] scratch;
  private final Worker[] workers;

  /** How many threads compute, the caller among them; 0 between runs. */
  private volatile int active;

  private volatile int processors;

  /** As many, the caller among them, as there is scratch memory for. */
  public Workers(float[][] scratch) {
    this.scratch = scratch;
    this.workers = new Worker[scratch.length - 1];
  }

  /**
   * Makes workers ready for a run of kernels.
   *
   * @param threads that compute in it, the caller among them; all there are if that is less
   */
  public void begin(int threads) {
    int count = Math.min(threads, scratch.length);
    processors = Runtime.getRuntime().availableProcessors();
    COMPUTING.addAndGet(count);
    active = count;
    for (int i = 0; i < count - 1; i++) {
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

  /** Lets the workers sleep; does nothing if no run has begun. */
  public void end() {
    COMPUTING.addAndGet(-active);
    active = 0;
    queue.clear();
  }

  /** Whether a thread that spins may keep a processor from one that computes. */
  private boolean isOversubscribed() {
    return COMPUTING.get() > processors;
  }

  /** Computes all parts of a kernel, and returns when they are done. */
  public void run(Kernel next) {
    long number = queue.open(next);
    for (int i = 0; i < active - 1; i++) {
      if (workers[i].asleep) {
        LockSupport.unpark(workers[i]);
      }
    }
    queue.take(number, scratch[0]);
    int spins = 0;
    while (!queue.isFinished()) {
      if (isOversubscribed()) {
        queue.awaitFinish();
      } else if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    Throwable failed = queue.failure();
    if (failed instanceof OutOfMemoryError full) {
      throw full;
    }
    if (failed != null) {
      throw new IllegalStateException("a kernel failed: " + failed, failed);
    }
  }

  private static final class Worker extends Thread {
    private final Workers owner;
    private final int index;
    private volatile boolean asleep;

    Worker(Workers owner, int index) {
      // Inherits no thread locals, and no context loader: nothing of a caller's stays alive.
      super(null, null, "hydranet-worker-" + index, 0, false);
      this.owner = owner;
      this.index = index;
      setDaemon(true);
      setContextClassLoader(null);
    }

    @Override
    public void run() {
      long done = 0;
      int spins = 0;
      while (true) {
        long number = owner.queue.number();
        if (number != done && isActive()) {
          owner.queue.take(number, owner.scratch[index]);
          done = number;
          spins = 0;
        } else if (isActive() && !owner.isOversubscribed() && ++spins < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          long before = System.nanoTime();
          // Looked at once more now that the caller can see that it must wake this thread.
          if (owner.queue.number() == done || !isActive()) {
            LockSupport.parkNanos(owner, IDLE_NANOS);
          }
          // Nobody has a reason to interrupt a worker; one that stays interrupted never sleeps.
          Thread.interrupted();
          asleep = false;
          if (!isActive() && System.nanoTime() - before >= IDLE_NANOS) {
            return;
          }
          spins = 0;
        }
      }
    }

    private boolean isActive() {
      return index < owner.active;
    }
  }
}
