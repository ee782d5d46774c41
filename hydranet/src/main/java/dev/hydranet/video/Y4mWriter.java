package dev.hydranet.video;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a YUV4MPEG2 stream. For one thread at a time. */
public final class Y4mWriter {
  private static final byte[] FRAME = (Y4mHeader.FRAME + "\n").getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final Y4mHeader header;

  /**
   * Writes the header.
   *
   * @param out the stream; should be buffered, and stays open
   * @param header the first line
   * @throws IOException if it cannot be written
   */
  public Y4mWriter(OutputStream out, Y4mHeader header) throws IOException {
    this.out = out;
    this.header = header;
    out.write((header.line() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Writes a frame.
   *
   * @param frame of the header's format
   * @throws IllegalArgumentException if it is of another format
   * @throws IOException if it cannot be written
   */
  public void write(YuvFrame frame) throws IOException {
    if (!frame.format().equals(header.format())) {
      throw new IllegalArgumentException(
          "expected a frame of " + header.format() + ", found " + frame.format());
    }
    out.write(FRAME);
    out.write(frame.y());
    out.write(frame.cb());
    out.write(frame.cr());
  }
}
