package dev.hydranet.engine;

/**
 * How many threads a session computes on, the caller's own among them. Results do not depend on it.
 *
 * @param count at least 1
 */
public record Threads(int count) {
  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public Threads {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, found " + count);
    }
  }

  /** {@return a given number of threads} */
  public static Threads of(int count) {
    return new Threads(count);
  }

  /** {@return as many as the JVM sees processors} */
  public static Threads available() {
    return new Threads(Runtime.getRuntime().availableProcessors());
  }
}
