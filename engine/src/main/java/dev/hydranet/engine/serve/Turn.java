package dev.hydranet.engine.serve;

/** A request's turn to compute: it holds some of the process's compute threads. */
public interface Turn {
  /** {@return how many threads it may compute on, its own among them} */
  int threads();

  /** {@return whether the answer is no longer wanted; it should then stop soon} */
  boolean isCancelled();

  /** Gives all threads but its own to others. */
  void keepOneThread();

  /** {@return how long the request waited for its turn, in nanoseconds} */
  long waitedNanos();
}
