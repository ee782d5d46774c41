package dev.hydranet.engine;

import java.util.Locale;

/** Something that needs more memory than the heap has room for; the message says how much. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private InsufficientMemoryException(String message, OutOfMemoryError cause) {
    super(message, cause);
  }

  /**
   * Refuses what the heap could not hold if there were nothing else in it.
   *
   * @param what needs the memory
   * @param bytes how much of it
   * @throws InsufficientMemoryException if it is more than the heap may grow to
   */
  public static void check(String what, long bytes) {
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new InsufficientMemoryException(needs(what, bytes), null);
    }
  }

  /**
   * For data that does not fit the rest of the heap.
   *
   * @param what the memory is for, as readable text
   * @param bytes that it needs
   * @param cause the JVM's refusal
   * @return the exception, its message telling what was asked for, the need and the heap
   */
  public static InsufficientMemoryException of(String what, long bytes, OutOfMemoryError cause) {
    return new InsufficientMemoryException(
        needs(what, bytes) + " and has no room for it beside the rest", cause);
  }

  /**
   * For a value that no array can hold, however large the heap is.
   *
   * @param what was asked for
   * @return the exception; its message names the limit of an array
   */
  public static InsufficientMemoryException ofArrays(String what) {
    return new InsufficientMemoryException(
        what
            + " needs more than 8,191 MB for a single value, which is the most that an array holds",
        null);
  }

  /** A need and the limit of the heap. */
  static String needs(String what, long bytes) {
    return String.format(
        Locale.ROOT,
        "%s needs at least %,d MB of memory; the heap may grow to %,d MB (-Xmx)",
        what,
        (bytes >> 20) + 1,
        Runtime.getRuntime().maxMemory() >> 20);
  }
}
