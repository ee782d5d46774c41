package dev.hydranet.cli.images;

import dev.hydranet.engine.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Image files out. */
public final class ImageFile {
  private ImageFile() {}

  /** A file's name without its suffix. */
  public static String baseName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Writes a PNG, whole or not at all. */
  public static void writePng(Path file, BufferedImage image) throws IOException {
    AtomicFile.write(file, channel -> write(image, "png", Channels.newOutputStream(channel)));
  }

  /**
   * Encodes an image. Unlike {@link ImageIO#write}, it needs no temporary file.
   *
   * @param format its name: png or jpeg
   */
  public static void write(BufferedImage image, String format, OutputStream to) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    if (!writers.hasNext()) {
      throw new IOException("this Java has no writer for " + format);
    }
    ImageWriter writer = writers.next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(to)) {
      writer.setOutput(out);
      writer.write(image);
    } finally {
      writer.dispose();
    }
  }
}
