package dev.hydranet.cli.video;

import dev.hydranet.drawing.Pixels;
import dev.hydranet.video.Chroma;
import dev.hydranet.video.RgbToYuv;
import dev.hydranet.video.Y4mHeader;
import dev.hydranet.video.Y4mWriter;
import dev.hydranet.video.YuvFormat;
import dev.hydranet.video.YuvFrame;
import dev.hydranet.video.YuvMatrix;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;

/** A Y4M stream of limited range, its matrix as its size says. */
final class Y4mSink implements FrameSink {
  private final String name;
  private final OutputStream out;
  private final Y4mWriter writer;
  private final RgbToYuv conversion;
  private final YuvFrame frame;

  /**
   * Writes the header.
   *
   * @param out flushed at the end, and left open
   * @param name of the stream, for messages
   */
  Y4mSink(OutputStream out, String name, PictureInfo pictures, Chroma chroma) throws IOException {
    YuvFormat format =
        new YuvFormat(
            pictures.width(),
            pictures.height(),
            chroma,
            YuvMatrix.ofHeight(pictures.height()),
            false);
    this.out = out;
    this.name = name;
    this.conversion = new RgbToYuv(format);
    this.frame = YuvFrame.of(format);
    try {
      this.writer =
          new Y4mWriter(out, new Y4mHeader(format, pictures.rate(), pictures.pixelAspect()));
    } catch (IOException e) {
      throw naming(e);
    }
  }

  @Override
  public void write(BufferedImage picture, double seconds) throws IOException {
    conversion.convert(Pixels.of(picture), picture.getWidth(), picture.getHeight(), frame);
    try {
      writer.write(frame);
    } catch (IOException e) {
      throw naming(e);
    }
  }

  @Override
  public void finish() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw naming(e);
    }
  }

  private IOException naming(IOException e) {
    return new IOException(name + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {}
}
