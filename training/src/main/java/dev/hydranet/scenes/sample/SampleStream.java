package dev.hydranet.scenes.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The raw format in which samples go through a pipe; training/README.md defines it. */
public final class SampleStream {
  private static final int VERSION = 1;

  private SampleStream() {}

  /**
   * Writes what precedes the samples.
   *
   * @param count how many follow; 0 is endless
   */
  public static void header(OutputStream out, int height, int width, int count, long seed)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    header.put("HYSCENES".getBytes(StandardCharsets.US_ASCII));
    header.putInt(VERSION).putInt(height).putInt(width).putInt(count).putLong(seed);
    out.write(header.array());
    out.flush();
  }

  /** Writes one sample and flushes. */
  public static void write(OutputStream out, Sample sample) throws IOException {
    int pixels = sample.height() * sample.width();
    ByteBuffer depth = ByteBuffer.allocate(2 * pixels).order(ByteOrder.LITTLE_ENDIAN);
    depth.asShortBuffer().put(sample.depth());
    out.write(sample.rgb());
    out.write(sample.labels());
    out.write(depth.array());
    out.write(sample.normals());
    out.flush();
  }
}
