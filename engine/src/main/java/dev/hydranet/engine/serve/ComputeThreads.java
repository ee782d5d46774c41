package dev.hydranet.engine.serve;

/**
 * How many threads of the process compute at once, for all networks together. A prediction takes as
 * many of them as its network asks for and as are free; when others wait, it takes one. Results do
 * not depend on it.
 *
 * <p>The default is the number of processors that the JVM sees, in a container those that it is
 * granted; {@code -Ddev.hydranet.computeThreads=N} changes it. Sessions that a program makes itself
 * compute on the threads that it gives them and do not count.
 */
public final class ComputeThreads {
  private static final String OPTION = "dev.hydranet.computeThreads";

  private ComputeThreads() {}

  /**
   * {@return how many threads compute at once}
   *
   * @throws IllegalArgumentException if the system property is set to anything other than a number
   *     of at least 1
   */
  public static int limit() {
    return Scheduler.shared().limit();
  }

  /**
   * Changes how many threads compute at once. Predictions that compute already are not stopped.
   *
   * @param threads at least 1; more than there are processors makes nothing faster
   * @throws IllegalArgumentException if it is less than 1
   */
  public static void setLimit(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("compute threads must be at least 1, found " + threads);
    }
    Scheduler.shared().setLimit(threads);
  }

  /** What the system property says, or the number of processors. */
  static int initialLimit() {
    String asked = System.getProperty(OPTION);
    if (asked == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (asked.matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(asked);
    }
    throw new IllegalArgumentException(
        "-D" + OPTION + ": expected a number of threads from 1 to 999999, found '" + asked + "'");
  }
}
