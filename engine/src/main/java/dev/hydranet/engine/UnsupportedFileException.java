package dev.hydranet.engine;

/** A file of another format, or with contents that this version does not read. */
public final class UnsupportedFileException extends WeightsFormatException {
  private static final long serialVersionUID = 1;

  /**
   * For what a file says.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   */
  public UnsupportedFileException(String message) {
    super(message);
  }

  /**
   * For what another exception has found.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   * @param cause what found it
   */
  public UnsupportedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
