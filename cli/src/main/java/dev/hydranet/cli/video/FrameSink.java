package dev.hydranet.cli.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Where pictures go. For one thread at a time, but for {@link #close}. */
interface FrameSink extends AutoCloseable {
  /**
   * Writes the next picture.
   *
   * @param picture of {@link BufferedImage#TYPE_INT_RGB}
   * @param seconds when it is shown; of timed videos only
   */
  void write(BufferedImage picture, double seconds) throws IOException;

  /** Completes the video, which has its name only then. */
  void finish() throws IOException;

  /** Completes as soon as nothing more can be written; never if only writing tells. */
  default CompletableFuture<?> broken() {
    return new CompletableFuture<>();
  }

  /** Removes what was not finished; may be called again, and by any thread. */
  @Override
  void close() throws IOException;
}
