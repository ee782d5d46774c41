package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;

/** Windows and OS/2 bitmaps. */
final class Bmp {
  private static final int FILE_HEADER = 14;
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final int LARGEST_HEADER = 124;
  private static final int RGB = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BIT_FIELDS = 3;
  private static final int ALPHA_BIT_FIELDS = 6;

  private final PixelBudget budget;
  private final ByteBuffer in;
  private int width;
  private int height;
  private boolean topDown;
  private int bits;
  private int compression;
  private int pixels;

  private Bmp(byte[] file, PixelBudget budget) {
    this.budget = budget;
    in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    try {
      return new Bmp(file, budget).read();
    } catch (IndexOutOfBoundsException e) {
      throw new IIOException(Reason.CUT_OFF, e);
    }
  }

  private BufferedImage read() throws IIOException {
    long header = in.getInt(FILE_HEADER) & 0xffffffffL;
    if (header != CORE_HEADER && (header < INFO_HEADER || header > LARGEST_HEADER)) {
      throw new IIOException("a BMP whose header has " + header + " bytes");
    }
    boolean core = header == CORE_HEADER;
    long rows = core ? in.getShort(20) & 0xffff : in.getInt(22);
    topDown = rows < 0;
    long columns = core ? in.getShort(18) & 0xffff : in.getInt(18);
    bits = in.getShort(core ? 24 : 28) & 0xffff;
    compression = core ? RGB : in.getInt(30);
    checkKind();
    budget.check(columns, Math.abs(rows), bits <= Byte.SIZE ? Byte.SIZE : 3 * Byte.SIZE);
    width = (int) columns;
    height = (int) Math.abs(rows);
    int at = FILE_HEADER + (int) header;
    int[] masks = bits == 16 ? new int[] {0x7c00, 0x3e0, 0x1f} : new int[] {0xff0000, 0xff00, 0xff};
    if (compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS) {
      // They follow a header of 40 bytes, and are where they would be in longer ones.
      for (int c = 0; c < masks.length; c++) {
        masks[c] = in.getInt(FILE_HEADER + INFO_HEADER + c * Integer.BYTES);
      }
    }
    long offset = in.getInt(10) & 0xffffffffL;
    if (offset > in.limit()) {
      throw new IIOException(Reason.CUT_OFF);
    }
    pixels = (int) offset;
    if (bits > Byte.SIZE) {
      return direct(masks);
    }
    int[] palette = palette(at, core ? 3 : 4, core ? 0 : in.getInt(46));
    byte[] indices =
        compression == RGB ? indices() : new BmpRuns(in, pixels, bits).decode(width, height);
    if (!topDown) {
      flip(indices);
    }
    return Pictures.of(width, height, indices, palette);
  }

  private void checkKind() throws IIOException {
    boolean known =
        switch (compression) {
          case RGB ->
              bits == 1
                  || bits == 2
                  || bits == 4
                  || bits == 8
                  || bits == 16
                  || bits == 24
                  || bits == 32;
          case RLE8 -> bits == 8;
          case RLE4 -> bits == 4;
          case BIT_FIELDS, ALPHA_BIT_FIELDS -> bits == 16 || bits == 32;
          default -> false;
        };
    if (!known) {
      throw new IIOException(
          "a BMP of " + bits + " bits and compression " + compression + ", which is not supported");
    }
  }

  private int[] palette(int at, int bytes, int announced) {
    int most = 1 << bits;
    int colours = announced > 0 && announced < most ? announced : most;
    // Some files have fewer than they should, and pixels right after.
    int room = Math.max(0, Math.min(in.limit(), pixels > at ? pixels : in.limit()) - at) / bytes;
    int[] palette = new int[Math.min(colours, room)];
    for (int i = 0; i < palette.length; i++) {
      int entry = at + i * bytes;
      palette[i] =
          (in.get(entry + 2) & 0xff) << 16 | (in.get(entry + 1) & 0xff) << 8 | in.get(entry) & 0xff;
    }
    return palette;
  }

  /** Bytes from one row to the next: a multiple of four. */
  private int stride() throws IIOException {
    long stride = Math.ceilDiv((long) width * bits, 32L) * 4;
    // The last row is there without what follows it.
    long last = Math.ceilDiv((long) width * bits, 8L);
    PixelBudget.checkData(stride * (height - 1) + last, in.limit() - pixels);
    return (int) stride;
  }

  private byte[] indices() throws IIOException {
    int stride = stride();
    byte[] indices = new byte[width * height];
    int mask = (1 << bits) - 1;
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int bit = x * bits;
        indices[to++] = (byte) (in.get(pixels + y * stride + bit / 8) >> 8 - bits - bit % 8 & mask);
      }
    }
    return indices;
  }

  private void flip(byte[] rows) {
    byte[] row = new byte[width];
    for (int top = 0, bottom = height - 1; top < bottom; top++, bottom--) {
      System.arraycopy(rows, top * width, row, 0, width);
      System.arraycopy(rows, bottom * width, rows, top * width, width);
      System.arraycopy(row, 0, rows, bottom * width, width);
    }
  }

  private BufferedImage direct(int[] masks) throws IIOException {
    int stride = stride();
    byte[] rgb = new byte[width * height * 3];
    int bytes = bits / Byte.SIZE;
    int to = 0;
    for (int y = 0; y < height; y++) {
      int from = pixels + (topDown ? y : height - 1 - y) * stride;
      for (int x = 0; x < width; x++, from += bytes) {
        int pixel = in.getShort(from) & 0xffff;
        if (bytes > 2) {
          pixel |= (in.get(from + 2) & 0xff) << 16;
        }
        if (bytes > 3) {
          pixel |= in.get(from + 3) << 24;
        }
        for (int mask : masks) {
          rgb[to++] = level(pixel, mask);
        }
      }
    }
    return Pictures.of(width, height, 3, rgb);
  }

  /** The bits that a mask picks, scaled to 255 and cut, as Pillow does it. */
  private static byte level(int pixel, int mask) {
    if (mask == 0) {
      return 0;
    }
    long most = Integer.toUnsignedLong(mask) >> Integer.numberOfTrailingZeros(mask);
    long value = Integer.toUnsignedLong(pixel & mask) >> Integer.numberOfTrailingZeros(mask);
    return (byte) (value * 255 / most);
  }
}
