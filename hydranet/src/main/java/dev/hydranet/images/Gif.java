package dev.hydranet.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.IIOException;

/** GIF (CompuServe, version 89a): the first frame on its canvas. */
final class Gif {
  private static final int SIGNATURE = 6;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int MOST_CODE_BITS = 12;

  private final PixelBudget budget;
  private final ByteBuffer in;
  private int canvasWidth;
  private int canvasHeight;
  private int[] palette;
  private int transparent = -1;

  private Gif(byte[] file, PixelBudget budget) {
    this.budget = budget;
    in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(SIGNATURE);
  }

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    try {
      return new Gif(file, budget).read();
    } catch (IndexOutOfBoundsException e) {
      throw new IIOException(Reason.CUT_OFF, e);
    }
  }

  private BufferedImage read() throws IIOException {
    canvasWidth = in.getShort() & 0xffff;
    canvasHeight = in.getShort() & 0xffff;
    int flags = in.get();
    in.getShort();
    if (flags < 0) {
      palette = colours(flags);
    }
    while (true) {
      int block = in.get() & 0xff;
      if (block == IMAGE) {
        return frame();
      }
      if (block == TRAILER) {
        throw new IIOException("a GIF without a picture");
      }
      if (block == EXTENSION) {
        extension();
      }
    }
  }

  private int[] colours(int flags) {
    int[] colours = new int[2 << (flags & 7)];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = (in.get() & 0xff) << 16 | (in.get() & 0xff) << 8 | in.get() & 0xff;
    }
    return colours;
  }

  private void extension() {
    int label = in.get() & 0xff;
    int length = in.get() & 0xff;
    if (label == GRAPHIC_CONTROL && length >= 4) {
      transparent = (in.get(in.position()) & 1) != 0 ? in.get(in.position() + 3) & 0xff : -1;
    }
    while (length != 0) {
      in.position(Math.min(in.limit(), in.position() + length));
      length = in.get() & 0xff;
    }
  }

  private BufferedImage frame() throws IIOException {
    int left = in.getShort() & 0xffff;
    int top = in.getShort() & 0xffff;
    int width = in.getShort() & 0xffff;
    int height = in.getShort() & 0xffff;
    int flags = in.get();
    // A canvas that is too small for its frame grows, as browsers and Pillow have it.
    canvasWidth = Math.max(canvasWidth, left + width);
    canvasHeight = Math.max(canvasHeight, top + height);
    budget.check(width, height, Byte.SIZE);
    budget.check(canvasWidth, canvasHeight, Byte.SIZE);
    if (flags < 0) {
      palette = colours(flags);
    }
    int codeBits = in.get() & 0xff;
    if (codeBits < 1 || codeBits >= MOST_CODE_BITS) {
      throw new IIOException("a GIF of codes of " + codeBits + " bits");
    }
    byte[] data = data();
    // A code has a byte or more; the longest string that one stands for is as long as the table.
    PixelBudget.checkData((long) width * height >> MOST_CODE_BITS, data.length);
    byte[] canvas = new byte[canvasWidth * canvasHeight];
    if (transparent >= 0) {
      Arrays.fill(canvas, (byte) transparent);
    }
    byte[] pixels = new byte[width * height];
    int found = LzwCodes.ofGif(data, codeBits).decode(pixels);
    if (found < pixels.length) {
      throw new IIOException(
          "expected "
              + pixels.length
              + " pixels, found "
              + found
              + ": the file is cut off or damaged");
    }
    boolean interlaced = (flags & 0x40) != 0;
    for (int row = 0; row < height; row++) {
      int y = top + (interlaced ? interlaced(row, height) : row);
      System.arraycopy(pixels, row * width, canvas, y * canvasWidth + left, width);
    }
    return Pictures.of(canvasWidth, canvasHeight, canvas, palette != null ? palette : greys());
  }

  /**
   * The place of a row in an interlaced image: every eighth row is stored first, then those
   * between.
   */
  private static int interlaced(int row, int height) {
    int[] starts = {0, 4, 2, 1};
    int[] steps = {8, 8, 4, 2};
    int before = 0;
    for (int pass = 0; pass < starts.length; pass++) {
      int rows = Math.max(0, Math.ceilDiv(height - starts[pass], steps[pass]));
      if (row < before + rows) {
        return starts[pass] + (row - before) * steps[pass];
      }
      before += rows;
    }
    throw new IllegalArgumentException("row " + row + " of " + height);
  }

  private static int[] greys() {
    int[] greys = new int[256];
    Arrays.setAll(greys, level -> level * 0x010101);
    return greys;
  }

  /** The frame's codes; what is missing at the file's end, {@link LzwCodes} finds out. */
  private byte[] data() {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    while (in.hasRemaining()) {
      int length = in.get() & 0xff;
      if (length == 0) {
        break;
      }
      length = Math.min(length, in.remaining());
      data.write(in.array(), in.position(), length);
      in.position(in.position() + length);
    }
    return data.toByteArray();
  }
}
