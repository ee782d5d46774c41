package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOException;

/** Netpbm's formats: PBM, PGM, PPM, each plain and binary, and PAM; up to 16 bits. */
final class Pnm {
  private static final int MOST_LEVELS = 65535;
  private static final int LONGEST_WORD = 10;

  private final PixelBudget budget;
  private final ByteBuffer in;
  private int width;
  private int height;
  private int components;
  private int max = 1;

  private Pnm(byte[] file, PixelBudget budget) {
    this.budget = budget;
    in = ByteBuffer.wrap(file).position(2);
  }

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    return new Pnm(file, budget).read(file[1] - '0');
  }

  private BufferedImage read(int kind) throws IIOException {
    boolean bitmap = kind == 1 || kind == 4;
    boolean plain = kind <= 3;
    if (kind == 7) {
      readPamHeader();
    } else {
      width = number("width");
      height = number("height");
      components = kind == 3 || kind == 6 ? 3 : 1;
      if (!bitmap) {
        max = number("maximum");
      }
      if (!plain) {
        in.get(); // One white space ends the header.
      }
    }
    if (max < 1 || max > MOST_LEVELS) {
      throw new IIOException("expected a maximum of 1 to 65535, found " + max);
    }
    boolean wide = max > 255;
    budget.check(width, height, components * (wide ? Short.SIZE : Byte.SIZE));
    int samples = width * height * components;
    if (kind == 4) {
      int row = Math.ceilDiv(width, Byte.SIZE);
      PixelBudget.checkData((long) row * height, in.remaining());
    } else {
      // Plain bits may stand without a space between them; other numbers may not.
      long bytes = kind == 1 ? samples : plain ? 2L * samples - 1 : wide ? 2L * samples : samples;
      PixelBudget.checkData(bytes, in.remaining());
    }
    if (kind == 4) {
      return Pictures.of(width, height, 1, bits());
    }
    // Only all 16 bits are worth keeping.
    return max == MOST_LEVELS
        ? picture(wideSamples(samples, plain))
        : picture(byteSamples(samples, plain, bitmap));
  }

  private byte[] bits() {
    byte[] grey = new byte[width * height];
    int row = Math.ceilDiv(width, Byte.SIZE);
    int start = in.position();
    for (int i = 0; i < grey.length; i++) {
      int x = i % width;
      int eight = in.get(start + i / width * row + x / Byte.SIZE);
      grey[i] = (byte) ((eight >> 7 - x % Byte.SIZE & 1) - 1);
    }
    return grey;
  }

  private byte[] byteSamples(int count, boolean plain, boolean bitmap) throws IIOException {
    byte[] samples = new byte[count];
    boolean wide = max > 255;
    for (int i = 0; i < count; i++) {
      int value =
          bitmap
              ? bit()
              : plain ? number("sample") : wide ? in.getShort() & 0xffff : in.get() & 0xff;
      samples[i] = (byte) (bitmap ? 255 * (1 - value) : level(value));
    }
    return samples;
  }

  /** A sample on the scale 0 to 255, rounded as Pillow rounds it. */
  private int level(int value) {
    return (int) Math.rint((double) Math.min(value, max) / max * 255);
  }

  private short[] wideSamples(int count, boolean plain) throws IIOException {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (plain ? Math.min(number("sample"), max) : in.getShort());
    }
    return samples;
  }

  private BufferedImage picture(byte[] samples) {
    int kept = components < 3 ? 1 : 3;
    byte[] colours = samples;
    if (kept != components) {
      colours = new byte[width * height * kept];
      for (int i = 0; i < colours.length; i++) {
        colours[i] = samples[i / kept * components + i % kept];
      }
    }
    return Pictures.of(width, height, kept, colours);
  }

  private BufferedImage picture(short[] samples) {
    int kept = components < 3 ? 1 : 3;
    short[] colours = samples;
    if (kept != components) {
      colours = new short[width * height * kept];
      for (int i = 0; i < colours.length; i++) {
        colours[i] = samples[i / kept * components + i % kept];
      }
    }
    return Pictures.of(width, height, kept, colours);
  }

  private void readPamHeader() throws IIOException {
    for (String word = word(); !word.equals("ENDHDR"); word = word()) {
      switch (word) {
        case "WIDTH" -> width = number("width");
        case "HEIGHT" -> height = number("height");
        case "DEPTH" -> components = number("depth");
        case "MAXVAL" -> max = number("maximum");
        default -> line(); // TUPLTYPE, above all, which the depth tells as well
      }
    }
    line();
    if (components < 1 || components > 4) {
      throw new IIOException("expected a PAM of 1 to 4 components, found " + components);
    }
  }

  private void line() {
    while (in.get(in.position() - 1) != '\n') {
      in.get();
    }
  }

  private int bit() throws IIOException {
    int c = skipSpace();
    if (c != '0' && c != '1') {
      throw new IIOException("expected 0 or 1 as a pixel, found byte " + c);
    }
    return c - '0';
  }

  private int number(String what) throws IIOException {
    String word = word();
    try {
      return Integer.parseUnsignedInt(word);
    } catch (NumberFormatException e) {
      throw new IIOException("expected a number for the " + what + ", found '" + word + "'");
    }
  }

  /** The next word; the white space that ends it is not read. */
  private String word() throws IIOException {
    skipSpace();
    int start = in.position() - 1;
    while (in.hasRemaining() && !isSpace(in.get(in.position())) && in.get(in.position()) != '#') {
      in.get();
      if (in.position() - start > LONGEST_WORD) {
        throw new IIOException("a PNM of words of more than " + LONGEST_WORD + " letters");
      }
    }
    return new String(in.array(), start, in.position() - start, StandardCharsets.ISO_8859_1);
  }

  /** The first byte after white space and comments. */
  private int skipSpace() {
    int c = in.get();
    while (isSpace(c) || c == '#') {
      if (c == '#') {
        while (c != '\n' && c != '\r') {
          c = in.get();
        }
      } else {
        c = in.get();
      }
    }
    return c;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
