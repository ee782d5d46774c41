package dev.hydranet.engine.plan;

/** An input that needs more memory than the heap may grow to; the message says how much. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message says for what, how much is needed and how much there is. */
  public InsufficientMemoryException(String message) {
    super(message);
  }
}
