package dev.hydranet.engine;

/** A file that contradicts itself or its format, such as one that is cut off. */
public final class DamagedFileException extends WeightsFormatException {
  private static final long serialVersionUID = 1;

  /**
   * For what a file says.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   */
  public DamagedFileException(String message) {
    super(message);
  }

  /**
   * For what another exception has found.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   * @param cause what found it
   */
  public DamagedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
