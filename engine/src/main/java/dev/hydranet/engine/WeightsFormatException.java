package dev.hydranet.engine;

import dev.hydranet.engine.text.OneLine;
import java.io.IOException;

/**
 * A file that cannot be used; the message is one line that names the file, what was expected and
 * what was found. The subclass says why:
 *
 * <ul>
 *   <li>{@link DamagedFileException}: get the file again
 *   <li>{@link UnsupportedFileException}: convert it, or give another file
 *   <li>{@link NetworkMismatchException}: it is for another network
 *   <li>{@link FileTooLargeException}: give Java a larger heap
 * </ul>
 */
public class WeightsFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private static final int LONGEST_NAME = 120;

  /**
   * For what a file says.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   */
  public WeightsFormatException(String message) {
    super(message);
  }

  /**
   * For what a file says and another exception has found.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   * @param cause what found it
   */
  public WeightsFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * {@return a name out of a file, in double quotes, as it may stand in a message: nothing in it
   * can break the line or steer a terminal, and it is cut where it is too long to read}
   *
   * @param name any text out of a file
   */
  public static String quote(String name) {
    String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + OneLine.of(escaped, LONGEST_NAME) + '"';
  }
}
