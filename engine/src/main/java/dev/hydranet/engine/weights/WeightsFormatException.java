package dev.hydranet.engine.weights;

import java.io.IOException;

/**
 * A file that is not what it should be; the message names the file, what was expected and what was
 * found.
 */
public class WeightsFormatException extends IOException {
  private static final long serialVersionUID = 1;

  public WeightsFormatException(String message) {
    super(message);
  }

  public WeightsFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
