package dev.hydranet.engine.serve;

import java.util.concurrent.RejectedExecutionException;

/** A request was refused because too many wait already. Try again later, or elsewhere. */
public final class QueueFullException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  QueueFullException(int capacity) {
    super("the queue is full: " + capacity + " requests wait already");
  }
}
