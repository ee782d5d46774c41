package dev.hydranet.cli;

import dev.hydranet.engine.weights.AtomicFile;
import dev.hydranet.engine.weights.FileKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Image files in and out. */
final class ImageFile {
  /** What a reader calls a picture of which only the beginning is there. */
  private static final Pattern CUT_OFF =
      Pattern.compile("premature end|truncated|corrupt", Pattern.CASE_INSENSITIVE);

  private ImageFile() {}

  /**
   * Reads an image, turned as a camera's EXIF orientation says; of several in a file, the first.
   *
   * @throws IOException if it is not a whole image of a known format; the message names the file
   */
  static BufferedImage read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected an image, found a directory");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(file + ": expected an image, found " + kind(file));
      }
      ImageReader reader = readers.next();
      try {
        return read(reader, in);
      } catch (IOException | RuntimeException e) {
        // Readers meet damage with any kind of exception.
        throw new IOException(file + ": not a readable image: " + Failure.line(e), e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(in, true);
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > Integer.MAX_VALUE / 3) {
      throw new IIOException(width + " x " + height + " pixels are too many");
    }
    BufferedImage image = reader.read(0);
    for (String warning : warnings) {
      if (CUT_OFF.matcher(warning).find()) {
        throw new IIOException(warning);
      }
    }
    boolean jpeg = reader.getFormatName().equalsIgnoreCase("JPEG");
    return jpeg ? orientation(reader.getImageMetadata(0)).upright(image) : image;
  }

  private static Orientation orientation(IIOMetadata metadata) {
    Element standard =
        (Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
    NodeList nodes = standard.getElementsByTagName("ImageOrientation");
    return nodes.getLength() == 0
        ? Orientation.NORMAL
        : Orientation.named(((Element) nodes.item(0)).getAttribute("value"));
  }

  private static String kind(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FileKind.of(in.readNBytes(FileKind.HEAD)).description();
    }
  }

  /** Writes a PNG, whole or not at all. */
  static void writePng(Path file, BufferedImage image) throws IOException {
    AtomicFile.write(
        file,
        channel -> {
          if (!ImageIO.write(image, "png", Channels.newOutputStream(channel))) {
            throw new IOException("this Java has no writer for PNG");
          }
        });
  }
}
