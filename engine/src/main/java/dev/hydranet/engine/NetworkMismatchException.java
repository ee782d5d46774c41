package dev.hydranet.engine;

/** A sound file whose tensors or metadata do not fit the network. */
public final class NetworkMismatchException extends WeightsFormatException {
  private static final long serialVersionUID = 1;

  /**
   * For what a file says.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   */
  public NetworkMismatchException(String message) {
    super(message);
  }

  /**
   * For what another exception has found.
   *
   * @param message one line that names the file or tensor, what was expected and what was found
   * @param cause what found it
   */
  public NetworkMismatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
