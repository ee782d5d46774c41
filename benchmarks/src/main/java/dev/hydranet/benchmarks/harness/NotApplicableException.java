package dev.hydranet.benchmarks.harness;

/**
 * There is nothing to measure: the machine has no such vectors, or the network no such layer.
 * {@link Jmh} leaves such a benchmark out, and does not take it for a failure.
 */
public final class NotApplicableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message what is missing
   */
  public NotApplicableException(String message) {
    super(message);
  }
}
