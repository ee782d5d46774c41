package dev.hydranet.images;

import dev.hydranet.images.TiffLayout.Colours;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOException;

/** TIFF (revision 6.0): the first page. */
final class Tiff {
  private final TiffDirectory tags;
  private final TiffLayout layout;
  private final TiffChunks chunks;

  private Tiff(byte[] file, PixelBudget budget) throws IIOException {
    tags = TiffDirectory.of(file);
    layout = TiffLayout.of(tags, budget);
    chunks = new TiffChunks(file, tags, layout, budget);
  }

  static BufferedImage read(byte[] file, PixelBudget budget) throws IOException {
    Tiff tiff = new Tiff(file, budget);
    tiff.chunks.check();
    boolean fax =
        tiff.layout.compression() >= TiffLayout.FAX_RUNS
            && tiff.layout.compression() <= TiffLayout.FAX_4;
    BufferedImage image = fax ? TiffFax.read(file, tiff.tags, budget) : tiff.read();
    return Orientation.of(tiff.tags.first(TiffLayout.ORIENTATION, 1)).upright(image);
  }

  private BufferedImage read() throws IOException {
    int width = layout.width();
    int height = layout.height();
    if (layout.bits() == Short.SIZE) {
      short[] samples = new short[width * height * components()];
      fill((to, value) -> samples[to] = (short) value);
      return Pictures.of(width, height, layout.colours().components, samples(samples));
    }
    byte[] samples = new byte[width * height * components()];
    fill((to, value) -> samples[to] = (byte) value);
    return switch (layout.colours()) {
      case PALETTE -> Pictures.of(width, height, samples, palette());
      case CMYK -> Pictures.of(width, height, 3, Cmyk.toRgb(samples));
      default ->
          Pictures.of(
              width,
              height,
              layout.colours().components,
              layout.premultiplied() ? divided(samples) : samples);
    };
  }

  /** What is kept of a pixel at first: its colours, and alpha if it is needed to find them. */
  private int components() {
    return layout.colours().components + (layout.premultiplied() ? 1 : 0);
  }

  private interface Sink {
    void put(int at, int value);
  }

  private void fill(Sink sink) throws IOException {
    int kept = components();
    int planes = layout.planar() ? kept : 1;
    int perPlane = layout.across() * layout.down();
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < perPlane; i++) {
        int top = i / layout.across() * layout.chunkHeight();
        int left = i % layout.across() * layout.chunkWidth();
        int rows =
            layout.tiled() && layout.compression() == TiffLayout.JPEG
                ? layout.chunkHeight()
                : Math.min(layout.chunkHeight(), layout.height() - top);
        ByteBuffer bytes =
            ByteBuffer.wrap(chunks.read(plane * perPlane + i, rows)).order(tags.order());
        rows = Math.min(rows, layout.height() - top);
        int columns = Math.min(layout.chunkWidth(), layout.width() - left);
        for (int y = 0; y < rows; y++) {
          int to = ((top + y) * layout.width() + left) * kept;
          for (int x = 0; x < columns; x++, to += kept) {
            if (layout.planar()) {
              sink.put(to + plane, sample(bytes, y, x));
            } else {
              for (int c = 0; c < kept; c++) {
                sink.put(to + c, sample(bytes, y, x * layout.samples() + c));
              }
            }
          }
        }
      }
    }
  }

  private int sample(ByteBuffer bytes, int row, int index) {
    int bits = layout.bits();
    int start = row * layout.rowBytes();
    int value;
    if (bits == Short.SIZE) {
      value = bytes.getShort(start + 2 * index);
    } else if (bits == Byte.SIZE) {
      value = bytes.get(start + index);
    } else {
      int bit = index * bits;
      int most = (1 << bits) - 1;
      value = bytes.get(start + bit / 8) >> 8 - bits - bit % 8 & most;
      if (layout.colours() != Colours.PALETTE) {
        value = value * 255 / most; // is whole for 1, 2 and 4 bits
      }
    }
    return layout.colours() == Colours.GREY_FROM_WHITE ? ~value : value;
  }

  private int[] palette() throws IIOException {
    int colours = 1 << layout.bits();
    if (tags.count(TiffLayout.PALETTE) < 3 * colours) {
      throw new IIOException("a TIFF without its palette of " + colours + " colours");
    }
    int[] palette = new int[colours];
    for (int i = 0; i < colours; i++) {
      for (int c = 0; c < 3; c++) {
        palette[i] = palette[i] << 8 | (int) tags.get(TiffLayout.PALETTE, c * colours + i) >> 8;
      }
    }
    return palette;
  }

  /** Colours divided by their alpha, as Pillow does it. */
  private static byte[] divided(byte[] samples) {
    byte[] rgb = new byte[samples.length / 4 * 3];
    for (int from = 0, to = 0; to < rgb.length; from += 4) {
      int alpha = samples[from + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        int value = samples[from + c] & 0xff;
        rgb[to++] = (byte) (alpha == 0 ? 0 : Math.min(255, 255 * value / alpha));
      }
    }
    return rgb;
  }

  private short[] samples(short[] samples) {
    if (!layout.premultiplied()) {
      return samples;
    }
    short[] rgb = new short[samples.length / 4 * 3];
    for (int from = 0, to = 0; to < rgb.length; from += 4) {
      long alpha = samples[from + 3] & 0xffff;
      for (int c = 0; c < 3; c++) {
        long value = samples[from + c] & 0xffff;
        rgb[to++] = (short) (alpha == 0 ? 0 : Math.min(65535, 65535 * value / alpha));
      }
    }
    return rgb;
  }
}
