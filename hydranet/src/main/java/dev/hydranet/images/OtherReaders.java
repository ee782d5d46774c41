package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Formats that only a reader registered with {@link ImageIO} knows. */
final class OtherReaders {
  private OtherReaders() {}

  /** Whether any reader takes a file that begins with these bytes for its own. */
  static boolean claim(byte[] head) throws IOException {
    try (ImageInputStream in = stream(head)) {
      return ImageIO.getImageReaders(in).hasNext();
    }
  }

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    try (ImageInputStream in = stream(file)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IIOException("no reader is registered for its format");
      }
      return read(readers.next(), in, budget);
    }
  }

  /** Decodes with a reader if there is room for what it finds in the header; disposes of it. */
  static BufferedImage read(ImageReader reader, ImageInputStream in, PixelBudget budget)
      throws IOException {
    try {
      reader.setInput(in, true, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
      if (!types.hasNext()) {
        throw new IIOException("its kind of pixels is not known");
      }
      int bits = types.next().getColorModel().getPixelSize();
      budget.check(width, height, bits);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static ImageInputStream stream(byte[] file) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
  }
}
