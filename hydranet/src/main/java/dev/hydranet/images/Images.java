package dev.hydranet.images;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.file.FileKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads image files as people have them: JPEG (baseline and progressive, grey, colour and CMYK),
 * PNG, WebP, GIF and animations (the first frame), TIFF (the first page), BMP and PNM; and what
 * else the readers registered with {@link javax.imageio.ImageIO} know.
 *
 * <ul>
 *   <li>The pixels are the numbers that the file stores, as Pillow and OpenCV see them. Colour
 *       profiles and gamma are not applied.
 *   <li>The image is upright: turned as the EXIF orientation of a JPEG, PNG, TIFF or WebP says.
 *   <li>Damaged metadata is ignored. Missing or damaged pixels are an error.
 *   <li>Sizes in a file are never trusted: an image of more than {@link #MOST_PIXELS} pixels, of
 *       more than the heap holds, or of more than the file can contain is refused before anything
 *       is allocated for it.
 *   <li>Nothing is written anywhere, no temporary file either.
 * </ul>
 *
 * <p>Any number of threads may read images at the same time.
 */
public final class Images {
  /** Images of more pixels are refused. */
  public static final long MOST_PIXELS = 1L << 28;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Of all formats that are read, and of those that can only be named. */
  private static final Set<String> SUFFIXES =
      Set.of(
          ("jpg jpeg jpe jfif png apng webp gif tif tiff bmp dib pnm pbm pgm ppm pam wbmp"
                  + " heic heif hif avif jp2 j2k j2c jpc jpf jpx jxl btf tf8")
              .split(" "));

  private Images() {}

  /**
   * {@return the image in a file, upright; its stored pixels, of the kind that the file has: grey,
   * RGB or a palette, of 8 or 16 bits, perhaps with alpha}
   *
   * @param file a regular file in any of the formats
   * @throws NoSuchFileException if there is no such file
   * @throws IOException if it is not a whole image of a known format; the message is one line that
   *     begins with the file's name
   */
  public static BufferedImage read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException(
            "expected an image, found "
                + (Files.isDirectory(file) ? "a directory" : "a pipe or a device"));
      }
      byte[] head;
      try (InputStream in = Files.newInputStream(file)) {
        head = in.readNBytes(FileKind.HEAD);
      }
      checkFormat(head);
      checkSize(Files.size(file));
      return read(Files.readAllBytes(file));
    } catch (NoSuchFileException | java.nio.file.AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * {@return the image in a stream, as {@link #read(Path)} does it}
   *
   * @param in is read to its end and not closed; it needs neither mark nor reset
   * @throws IOException if it cannot be read, or is not a whole image of a known format
   */
  public static BufferedImage read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(FileKind.HEAD);
    checkFormat(head);
    byte[] rest;
    try {
      rest = in.readNBytes(LARGEST_ARRAY - head.length);
    } catch (OutOfMemoryError e) {
      throw new IOException("the image's data does not fit into the heap (-Xmx)", e);
    }
    byte[] file = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, file, head.length, rest.length);
    return read(file);
  }

  /**
   * {@return the image in an array, as {@link #read(Path)} does it}
   *
   * @param file the bytes of a whole file
   * @throws IOException if they are not a whole image of a known format
   */
  public static BufferedImage read(byte[] file) throws IOException {
    checkFormat(file);
    PixelBudget budget = new PixelBudget();
    try {
      Optional<ImageFormat> format = ImageFormat.of(file);
      return format.isPresent() ? format.get().read(file, budget) : OtherReaders.read(file, budget);
    } catch (InsufficientMemoryException e) {
      throw new IOException(e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new IOException(budget.exceeded(e).getMessage(), e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (e.getCause() instanceof OutOfMemoryError full) {
        // So the reader of PNG wraps whatever happens to it.
        throw new IOException(budget.exceeded(full).getMessage(), e);
      }
      throw new IOException("not a readable image: " + Reason.of(e), e);
    }
  }

  /** Names what cannot be an image after a look at its first bytes. */
  private static void checkFormat(byte[] head) throws IOException {
    Optional<ForeignFormat> foreign = ForeignFormat.of(head);
    if (foreign.isPresent()) {
      throw new IOException("expected an image, found " + foreign.get().description());
    }
    if (ImageFormat.of(head).isEmpty() && !OtherReaders.claim(head)) {
      throw new IOException("expected an image, found " + FileKind.of(head).description());
    }
  }

  private static void checkSize(long bytes) throws IOException {
    if (bytes > LARGEST_ARRAY) {
      throw new IOException("not a readable image: a file of more than 2 GB");
    }
    try {
      InsufficientMemoryException.check("an image file of " + bytes + " bytes", bytes);
    } catch (InsufficientMemoryException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * {@return whether a file's suffix is one of images, in upper or lower case} Some are of formats
   * that {@link #read} can only name.
   *
   * @param file any; it need not exist
   */
  public static boolean isNamedAsImage(Path file) {
    String name = file.getFileName().toString();
    return SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
