package dev.hydranet.cli.video;

import dev.hydranet.engine.file.PendingFile;
import dev.hydranet.video.Chroma;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Y4M file, whole or not at all. */
final class Y4mFileSink implements FrameSink {
  private final PendingFile file;
  private final OutputStream out;
  private final Y4mSink stream;

  Y4mFileSink(Path file, PictureInfo pictures, Chroma chroma) throws IOException {
    this.file = PendingFile.at(file);
    this.out = new BufferedOutputStream(Files.newOutputStream(this.file.temporary()));
    this.stream = new Y4mSink(out, file.toString(), pictures, chroma);
  }

  @Override
  public void write(BufferedImage picture, double seconds) throws IOException {
    stream.write(picture, seconds);
  }

  @Override
  public void finish() throws IOException {
    stream.finish();
    out.close();
    try {
      file.complete();
    } catch (IOException e) {
      throw file.naming(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      out.close();
    }
  }
}
