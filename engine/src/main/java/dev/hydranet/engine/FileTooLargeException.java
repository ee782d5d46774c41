package dev.hydranet.engine;

/** A file with more in it than the heap, an array or a limit has room for. */
public final class FileTooLargeException extends WeightsFormatException {
  private static final long serialVersionUID = 1;

  /**
   * For what a file says.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   */
  public FileTooLargeException(String message) {
    super(message);
  }

  /**
   * For what another exception has found.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   * @param cause what found it
   */
  public FileTooLargeException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Refuses content that the heap could not hold if there were nothing else in it.
   *
   * @param file its name
   * @param bytes that its content needs in memory
   * @throws FileTooLargeException if it is more than the heap may grow to
   */
  public static void check(String file, long bytes) throws FileTooLargeException {
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new FileTooLargeException(file + ": " + InsufficientMemoryException.needs("it", bytes));
    }
  }

  /**
   * For content that does not fit the rest of the heap.
   *
   * @param file its name
   * @param bytes that its content needs in memory
   * @param cause the JVM's refusal
   * @return the exception; its message says the need and the heap
   */
  public static FileTooLargeException of(String file, long bytes, OutOfMemoryError cause) {
    return new FileTooLargeException(
        file
            + ": "
            + InsufficientMemoryException.needs("it", bytes)
            + " and has no room for it beside the rest",
        cause);
  }
}
