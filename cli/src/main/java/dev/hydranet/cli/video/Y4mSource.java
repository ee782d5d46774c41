package dev.hydranet.cli.video;

import dev.hydranet.drawing.Pixels;
import dev.hydranet.video.Y4mHeader;
import dev.hydranet.video.Y4mReader;
import dev.hydranet.video.YuvFrame;
import dev.hydranet.video.YuvMatrix;
import dev.hydranet.video.YuvToRgb;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A Y4M stream. */
final class Y4mSource implements FrameSource {
  private final Y4mReader reader;
  private final Y4mHeader header;
  private final InputStream in;
  private final YuvToRgb conversion;
  private YuvFrame first; // whose planes later frames are read into

  /**
   * Reads the header.
   *
   * @param in closed with the source
   * @param name of the stream, for messages
   * @param matrix that the colours have; if empty, as the size says
   */
  Y4mSource(InputStream in, String name, Optional<YuvMatrix> matrix) throws IOException {
    this.in = in;
    this.reader = new Y4mReader(in, name);
    this.header = reader.header();
    this.conversion = new YuvToRgb(matrix.map(header.format()::withMatrix).orElse(header.format()));
  }

  @Override
  public StreamInfo info() {
    return new StreamInfo(
        header.format().width(),
        header.format().height(),
        header.rate(),
        false,
        header.pixelAspect(),
        header.format().chroma(),
        -1);
  }

  @Override
  public boolean read(BufferedImage image) throws IOException {
    if (!skip()) {
      return false;
    }
    conversion.convert(first, Pixels.of(image));
    return true;
  }

  @Override
  public boolean skip() throws IOException {
    if (first == null) {
      first = reader.read();
      return first != null;
    }
    return reader.read(first);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Nothing more is wanted of it.
    }
  }
}
