package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * PNG (ISO/IEC 15948): the chunks that make pixels are checked here and decoded by the JDK's
 * reader, which does not get to see any other.
 */
final class Png {
  private static final int SIGNATURE = 8;
  private static final int HEADER = 13;
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;
  private static final int COLOUR_BYTES = 3;

  /** DEFLATE makes at most 258 bytes of two bits. */
  private static final int BEST_COMPRESSION = 1032;

  private final PixelBudget budget;
  private final ByteBuffer in;
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private ByteBuffer header;
  private boolean palette;
  private long data;
  private Orientation orientation = Orientation.NORMAL;

  private Png(byte[] file, PixelBudget budget) {
    this.budget = budget;
    in = ByteBuffer.wrap(file);
  }

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    Png png = new Png(file, budget);
    png.walk();
    return png.orientation.upright(png.decode());
  }

  private void walk() throws IIOException {
    plain.write(in.array(), 0, SIGNATURE);
    in.position(SIGNATURE);
    String type = "";
    while (!type.equals("IEND") && in.remaining() >= 2 * Integer.BYTES) {
      long length = in.getInt() & 0xffffffffL;
      byte[] name = new byte[Integer.BYTES];
      in.get(name);
      type = new String(name, StandardCharsets.ISO_8859_1);
      boolean whole = length <= in.remaining();
      ByteBuffer content = in.slice(in.position(), (int) Math.min(length, in.remaining()));
      in.position(in.position() + content.remaining());
      Integer crc = in.remaining() >= Integer.BYTES ? in.getInt() : null;
      chunk(type, name, content, whole, crc);
      if (crc == null) {
        break;
      }
    }
    if (header == null) {
      throw new IIOException(Reason.CUT_OFF);
    }
    if (data == 0) {
      throw new IIOException(type.equals("IEND") ? "a PNG without pixels" : Reason.CUT_OFF);
    }
    write("IEND".getBytes(StandardCharsets.ISO_8859_1), ByteBuffer.allocate(0));
  }

  private void chunk(String type, byte[] name, ByteBuffer content, boolean whole, Integer crc)
      throws IIOException {
    if (header == null && !type.equals("IHDR")) {
      throw new IIOException(
          type.equals("CgBI")
              ? "a PNG in the private form of Apple's Xcode; convert it to PNG"
              : "a PNG that does not begin with its header");
    }
    switch (type) {
      case "IHDR", "PLTE", "IDAT" -> {
        if (whole && crc != null && crc != crc(name, content)) {
          throw new IIOException("the PNG's chunk " + type + " is damaged: its checksum is wrong");
        }
        pixels(type, name, content, whole);
      }
      case "eXIf" -> orientation = Exif.orientation(content);
      default -> {
        // Says nothing about pixels that the file stores.
      }
    }
  }

  private void pixels(String type, byte[] name, ByteBuffer content, boolean whole)
      throws IIOException {
    switch (type) {
      case "IHDR" -> {
        if (header != null) {
          throw new IIOException("a PNG of two headers");
        }
        if (!whole) {
          throw new IIOException(Reason.CUT_OFF);
        }
        checkHeader(content);
        header = content;
        write(name, content);
      }
      case "PLTE" -> {
        if (!whole) {
          throw new IIOException(Reason.CUT_OFF);
        }
        if (colourType() == PALETTE && !palette) {
          writePalette(name, content);
        }
      }
      default -> {
        if (colourType() == PALETTE && !palette) {
          throw new IIOException("a PNG without its palette");
        }
        data += content.remaining();
        write(name, content);
      }
    }
  }

  private void checkHeader(ByteBuffer header) throws IIOException {
    if (header.remaining() != HEADER) {
      throw new IIOException("a PNG whose header has " + header.remaining() + " bytes, not 13");
    }
    int depth = header.get(8) & 0xff;
    int colours = header.get(9) & 0xff;
    boolean known =
        switch (colours) {
          case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
          default -> throw new IIOException("a PNG of colour type " + colours + ", which is none");
        };
    if (!known) {
      throw new IIOException(
          "a PNG of " + depth + " bits, which colour type " + colours + " does not have");
    }
    String[] methods = {"compression", "filter", "interlace"};
    for (int i = 0; i < methods.length; i++) {
      int method = header.get(10 + i) & 0xff;
      if (method > (i == 2 ? 1 : 0)) {
        throw new IIOException("a PNG of " + methods[i] + " method " + method + ", which is none");
      }
    }
    budget.check(
        header.getInt(0) & 0xffffffffL, header.getInt(4) & 0xffffffffL, channels(colours) * depth);
  }

  private static int channels(int colourType) {
    return switch (colourType) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  private int colourType() {
    return header.get(9);
  }

  /** Writes a palette of all colours that pixels may ask for; those that it lacks are black. */
  private void writePalette(byte[] name, ByteBuffer content) throws IIOException {
    if (content.remaining() < COLOUR_BYTES) {
      throw new IIOException("a PNG of an empty palette");
    }
    int bytes = (1 << header.get(8)) * COLOUR_BYTES;
    byte[] colours = new byte[bytes];
    content.get(0, colours, 0, Math.min(bytes, content.remaining() / COLOUR_BYTES * COLOUR_BYTES));
    write(name, ByteBuffer.wrap(colours));
    palette = true;
  }

  private void write(byte[] name, ByteBuffer content) {
    plain.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.remaining()).array());
    plain.writeBytes(name);
    byte[] bytes = new byte[content.remaining()];
    content.get(0, bytes);
    plain.writeBytes(bytes);
    plain.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).putInt(crc(name, ByteBuffer.wrap(bytes))).array());
  }

  private static int crc(byte[] name, ByteBuffer content) {
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }

  private BufferedImage decode() throws IOException {
    long width = header.getInt(0);
    long height = header.getInt(4);
    long bits = width * channels(colourType()) * header.get(8);
    PixelBudget.checkData(height * (1 + bits / Byte.SIZE) / BEST_COMPRESSION, data);
    ImageReader reader = JdkReaders.of("png");
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(plain.toByteArray()))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}
