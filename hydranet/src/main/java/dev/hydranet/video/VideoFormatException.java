package dev.hydranet.video;

import java.io.IOException;

/** A stream that is damaged, ends too early, or is of a kind that is not supported. */
public final class VideoFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * With what was expected and found.
   *
   * @param message in one line, naming the stream
   */
  public VideoFormatException(String message) {
    super(message);
  }
}
