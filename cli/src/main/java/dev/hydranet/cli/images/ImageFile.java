package dev.hydranet.cli.images;

import dev.hydranet.cli.console.Failure;
import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.file.AtomicFile;
import dev.hydranet.engine.file.FileKind;
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
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Image files in and out. */
public final class ImageFile {
  /** What a reader calls a picture of which only the beginning is there. */
  private static final Pattern CUT_OFF =
      Pattern.compile("premature end|truncated|corrupt", Pattern.CASE_INSENSITIVE);

  private ImageFile() {}

  /**
   * Reads an image, turned as a camera's EXIF orientation says; of several in a file, the first.
   *
   * @throws IOException if it is not a whole image of a known format; the message names the file
   */
  public static BufferedImage read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file
              + ": expected an image, found "
              + (Files.isDirectory(file) ? "a directory" : "a pipe or a device"));
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(file + ": expected an image, found " + kind(file));
      }
      ImageReader reader = readers.next();
      try {
        boolean jpeg = reader.getFormatName().equalsIgnoreCase("JPEG");
        if (jpeg) {
          JpegScans.check(file);
        }
        return read(reader, in, jpeg);
      } catch (InsufficientMemoryException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
        // Readers meet damage with any kind of exception, and believe any number they find.
        throw new IOException(file + ": not a readable image: " + reason(e), e);
      } finally {
        reader.dispose();
      }
    }
  }

  /** What a reader says, unless it has only stumbled over what it read. */
  private static String reason(Throwable failure) {
    boolean stumbled =
        failure instanceof ArithmeticException
            || failure instanceof ClassCastException
            || failure instanceof IndexOutOfBoundsException
            || failure instanceof NullPointerException;
    return stumbled
        ? "its reader fails with " + failure.getClass().getSimpleName()
        : Failure.line(failure);
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in, boolean jpeg)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    // Only a JPEG's orientation is of interest; a PNG's texts may inflate to gigabytes.
    reader.setInput(in, true, !jpeg);
    BufferedImage image = decode(reader);
    for (String warning : warnings) {
      if (CUT_OFF.matcher(warning).find()) {
        throw new IIOException(warning);
      }
    }
    return jpeg ? orientation(reader.getImageMetadata(0)).upright(image) : image;
  }

  /** Decodes an image if there is room for what its header announces. */
  private static BufferedImage decode(ImageReader reader) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    String size = reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels";
    if (pixels > Integer.MAX_VALUE / 3) {
      throw new IIOException(size + " are too many");
    }
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      throw new IIOException("its kind of pixels is not known");
    }
    long bytes = pixels * types.next().getColorModel().getPixelSize() / Byte.SIZE;
    String what = "an image of " + size;
    InsufficientMemoryException.check(what, bytes);
    try {
      return reader.read(0);
    } catch (OutOfMemoryError e) {
      throw InsufficientMemoryException.of(what, bytes, e);
    } catch (IIOException e) {
      // So the reader of PNG wraps whatever happens to it.
      if (e.getCause() instanceof OutOfMemoryError full) {
        throw InsufficientMemoryException.of(what, bytes, full);
      }
      throw e;
    }
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

  /** A file's name without what tells its format. */
  public static String baseName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Writes a PNG, whole or not at all. */
  public static void writePng(Path file, BufferedImage image) throws IOException {
    AtomicFile.write(
        file,
        channel -> {
          if (!ImageIO.write(image, "png", Channels.newOutputStream(channel))) {
            throw new IOException("this Java has no writer for PNG");
          }
        });
  }
}
