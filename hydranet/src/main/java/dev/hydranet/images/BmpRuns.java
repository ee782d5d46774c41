package dev.hydranet.images;

import java.nio.ByteBuffer;
import javax.imageio.IIOException;

/** A bitmap's run lengths, RLE4 and RLE8. Pixels that they pass over have colour 0. */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END_OF_IMAGE = 1;
  private static final int MOVE = 2;

  private final ByteBuffer in;
  private final int bits;

  /**
   * Runs to be decoded.
   *
   * @param at where they begin
   * @param bits of a pixel, 4 or 8
   */
  BmpRuns(ByteBuffer file, int at, int bits) {
    in = file.duplicate().position(at);
    this.bits = bits;
  }

  /** The rows, in the order of the file. */
  byte[] decode(int width, int height) throws IIOException {
    // The longest run is 255 pixels in two bytes; some rows may be passed over.
    PixelBudget.checkData((long) width * height / 1024, in.remaining());
    byte[] pixels = new byte[width * height];
    int x = 0;
    int y = 0;
    while (y < height) {
      if (in.remaining() < 2) {
        if (y == height - 1 && x >= width) {
          break; // All pixels are there, only the end is not told.
        }
        throw new IIOException(Reason.CUT_OFF);
      }
      int count = in.get() & 0xff;
      int value = in.get() & 0xff;
      if (count > 0) {
        for (int i = 0; i < count; i++, x++) {
          set(pixels, width, x, y, bits == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15);
        }
      } else if (value == END_OF_ROW) {
        x = 0;
        y++;
      } else if (value == END_OF_IMAGE) {
        break;
      } else if (value == MOVE) {
        x += in.get() & 0xff;
        y += in.get() & 0xff;
      } else {
        int start = in.position();
        int bytes = Math.ceilDiv(value * bits, 8);
        if (in.remaining() < bytes) {
          throw new IIOException(Reason.CUT_OFF);
        }
        for (int i = 0; i < value; i++, x++) {
          int pair = in.get(start + i * bits / 8) & 0xff;
          set(pixels, width, x, y, bits == 8 ? pair : i % 2 == 0 ? pair >> 4 : pair & 15);
        }
        in.position(Math.min(in.limit(), start + bytes + bytes % 2));
      }
    }
    return pixels;
  }

  private static void set(byte[] pixels, int width, int x, int y, int value) {
    if (x < width) {
      pixels[y * width + x] = (byte) value;
    }
  }
}
