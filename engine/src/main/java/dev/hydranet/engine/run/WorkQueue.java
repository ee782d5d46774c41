package dev.hydranet.engine.run;

import dev.hydranet.engine.kernel.Kernel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands out the parts of one kernel after the other to whoever asks, each part once. One thread
 * opens kernels and waits for the end of each; any threads take parts. What is written before a
 * kernel is opened is seen by its parts, and what these write by who finds it finished.
 */
final class WorkQueue {
  /** A part that no kernel has: while the next kernel is set up, none can be taken. */
  private static final int NONE = Integer.MAX_VALUE;

  /**
   * The number of the kernel in the upper half, its next part in the lower: taking a part checks
   * both at once.
   */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile Kernel kernel;
  private volatile int parts;
  private volatile Throwable failure;

  /** The thread that sleeps until the kernel is finished. */
  private volatile Thread waiter;

  /**
   * Lets the parts of a kernel be taken; the one before must be finished.
   *
   * @return the kernel's number
   */
  long open(Kernel next) {
    int count = next.parts();
    // Round again after 2^32 kernels, some weeks of work.
    long number = number() + 1 & 0xFFFFFFFFL;
    ticket.set(number() << 32 | NONE);
    kernel = next;
    parts = count;
    unfinished.set(count);
    ticket.set(number << 32);
    return number;
  }

  /** The number of the kernel that was opened last. */
  long number() {
    return ticket.get() >>> 32;
  }

  /** Takes parts of the kernel of the given number, and runs them, until none is left. */
  void take(long number, float[] scratch) {
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
          current.run(part, scratch);
        } catch (Throwable e) {
          failure = e;
        } finally {
          finishPart();
        }
      }
    }
  }

  private void finishPart() {
    if (unfinished.decrementAndGet() == 0) {
      LockSupport.unpark(waiter);
    }
  }

  /** Sleeps until all parts of the kernel have been run; an interrupt is kept for later. */
  void awaitFinish() {
    boolean interrupted = false;
    waiter = Thread.currentThread();
    while (!isFinished()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    waiter = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether all parts of the kernel have been run. */
  boolean isFinished() {
    return unfinished.get() == 0;
  }

  /** What a part of the finished kernel threw, the last of several; null if none did. */
  Throwable failure() {
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
    }
    return thrown;
  }

  /** Keeps the finished kernel no longer. */
  void clear() {
    kernel = null;
  }
}
