package dev.hydranet.cli.video;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Where frames come from. For one thread at a time, but for {@link #close}. */
interface FrameSource extends AutoCloseable {
  StreamInfo info();

  /**
   * Reads the next frame.
   *
   * @param image of {@link BufferedImage#TYPE_INT_RGB} and the video's size; overwritten
   * @return false at the end
   * @throws IOException if the video is damaged; the message names it
   */
  boolean read(BufferedImage image) throws IOException;

  /**
   * Passes the next frame over.
   *
   * @return false at the end
   */
  boolean skip() throws IOException;

  /** When the last frame that was read is shown, in seconds; of timed videos only. */
  default double seconds() {
    throw new IllegalStateException("the video is not timed");
  }

  /** Lets go of files and programs; may be called by any thread. */
  @Override
  void close();
}
