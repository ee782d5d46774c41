package dev.hydranet.engine.weights;

import dev.hydranet.engine.OneLine;
import java.io.IOException;

/**
 * A file that is not what it should be; the message is one line that names the file, what was
 * expected and what was found.
 */
public class WeightsFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private static final int LONGEST_NAME = 120;

  public WeightsFormatException(String message) {
    super(message);
  }

  public WeightsFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A name out of a file, in double quotes, as it may stand in a message: nothing in it can break
   * the line or steer a terminal, and it is cut where it is too long to read.
   */
  public static String quote(String name) {
    String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + OneLine.of(escaped, LONGEST_NAME) + '"';
  }
}
