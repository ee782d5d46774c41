package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** The formats that are read the same on every Java, whatever readers are registered. */
enum ImageFormat {
  JPEG(head -> head.startsWith("\u00ff\u00d8\u00ff"), Jpeg::read),
  PNG(head -> head.startsWith("\u0089PNG\r\n\u001a\n"), Png::read),
  GIF(head -> head.startsWith("GIF87a") || head.startsWith("GIF89a"), Gif::read),
  BMP(head -> head.startsWith("BM"), Bmp::read),
  TIFF(head -> head.startsWith("II*\0") || head.startsWith("MM\0*"), Tiff::read),
  PNM(head -> head.matches("(?s)P[1-7][\\s#].*"), Pnm::read),
  WEBP(head -> head.startsWith("RIFF") && head.startsWith("WEBP", 8), WebP::read);

  /** Reads the bytes of a whole file. */
  private interface Reader {
    BufferedImage read(byte[] file, PixelBudget budget) throws IOException;
  }

  private static final int HEAD = 16;

  private final Predicate<String> signature;
  private final Reader reader;

  ImageFormat(Predicate<String> signature, Reader reader) {
    this.signature = signature;
    this.reader = reader;
  }

  /** The format of a file that begins with these bytes. */
  static Optional<ImageFormat> of(byte[] file) {
    String head = new String(file, 0, Math.min(file.length, HEAD), StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(format -> format.signature.test(head)).findFirst();
  }

  /** The image, upright. */
  BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    return reader.read(file, budget);
  }
}
