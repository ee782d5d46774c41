package dev.hydranet.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.IIOException;

/** The tiles or strips of a TIFF, decompressed. */
final class TiffChunks {
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;

  private final byte[] file;
  private final TiffDirectory tags;
  private final TiffLayout layout;
  private final PixelBudget budget;

  TiffChunks(byte[] file, TiffDirectory tags, TiffLayout layout, PixelBudget budget) {
    this.budget = budget;
    this.file = file;
    this.tags = tags;
    this.layout = layout;
  }

  /** Makes sure that all are there, and that they can hold all pixels. */
  void check() throws IIOException {
    long chunks = (long) layout.across() * layout.down() * (layout.planar() ? layout.samples() : 1);
    int offsets = layout.tiled() ? TILE_OFFSETS : STRIP_OFFSETS;
    int sizes = layout.tiled() ? TILE_BYTES : STRIP_BYTES;
    if (tags.count(offsets) < chunks || tags.count(sizes) < chunks && !oneStrip()) {
      throw new IIOException(
          "expected "
              + chunks
              + (layout.tiled() ? " tiles" : " strips")
              + " of pixels, found "
              + Math.min(tags.count(offsets), tags.count(sizes)));
    }
    long found = 0;
    for (int i = 0; i < chunks; i++) {
      found += size(i);
    }
    long pixels = (long) layout.width() * layout.height();
    long bytes = pixels * layout.samples() * layout.bits() / Byte.SIZE;
    long best =
        switch (layout.compression()) {
          case TiffLayout.NONE -> 1;
          case TiffLayout.PACK_BITS -> 64;
          case TiffLayout.JPEG -> 1024;
          default -> 4096;
        };
    PixelBudget.checkData(bytes / best, Math.min(found, file.length));
  }

  private boolean oneStrip() {
    return !layout.tiled()
        && layout.compression() == TiffLayout.NONE
        && layout.down() == 1
        && !layout.planar();
  }

  private long size(int chunk) {
    int sizes = layout.tiled() ? TILE_BYTES : STRIP_BYTES;
    if (!tags.has(sizes)) {
      return (long) layout.rowBytes() * layout.height();
    }
    return tags.get(sizes, chunk);
  }

  /**
   * One chunk's rows, samples of 8 and 16 bits without their differences.
   *
   * @param rows that are needed of it
   */
  byte[] read(int chunk, int rows) throws IOException {
    long at = tags.get(layout.tiled() ? TILE_OFFSETS : STRIP_OFFSETS, chunk);
    long size = size(chunk);
    if (at + size > file.length) {
      if (at >= file.length) {
        throw new IIOException(Reason.CUT_OFF);
      }
      size = file.length - at; // What is missing may be what no pixel needs.
    }
    byte[] packed = Arrays.copyOfRange(file, (int) at, (int) (at + size));
    if (layout.bitsReversed()) {
      for (int i = 0; i < packed.length; i++) {
        packed[i] = (byte) (Integer.reverse(packed[i]) >>> 24);
      }
    }
    int expected = layout.rowBytes() * rows;
    byte[] bytes = new byte[expected];
    int found =
        switch (layout.compression()) {
          case TiffLayout.NONE -> copy(packed, bytes);
          case TiffLayout.PACK_BITS -> unpackBits(packed, bytes);
          case TiffLayout.LZW -> LzwCodes.ofTiff(packed).decode(bytes);
          case TiffLayout.JPEG -> jpeg(packed, bytes, rows);
          default -> inflate(packed, bytes);
        };
    if (found < expected) {
      throw new IIOException(
          "expected "
              + expected
              + " bytes of pixels in "
              + (layout.tiled() ? "tile " : "strip ")
              + chunk
              + ", found "
              + found
              + ": the file is cut off or damaged");
    }
    if (layout.differences()) {
      sum(bytes);
    }
    return bytes;
  }

  private static int copy(byte[] from, byte[] to) {
    int count = Math.min(from.length, to.length);
    System.arraycopy(from, 0, to, 0, count);
    return count;
  }

  private static int unpackBits(byte[] packed, byte[] bytes) {
    int from = 0;
    int to = 0;
    while (to < bytes.length && from < packed.length) {
      int code = packed[from++];
      if (code >= 0) {
        int count = Math.min(Math.min(code + 1, bytes.length - to), packed.length - from);
        System.arraycopy(packed, from, bytes, to, count);
        from += code + 1;
        to += count;
      } else if (code != -128 && from < packed.length) {
        int count = Math.min(1 - code, bytes.length - to);
        Arrays.fill(bytes, to, to + count, packed[from++]);
        to += count;
      }
    }
    return to;
  }

  private static int inflate(byte[] packed, byte[] bytes) throws IIOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int to = 0;
      while (to < bytes.length) {
        int count = inflater.inflate(bytes, to, bytes.length - to);
        if (count == 0) {
          break;
        }
        to += count;
      }
      return to;
    } catch (DataFormatException e) {
      throw new IIOException("its pixels do not inflate: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** A complete JPEG except for the tables, which all chunks share. */
  private int jpeg(byte[] packed, byte[] bytes, int rows) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    if (tags.has(TiffLayout.JPEG_TABLES)) {
      byte[] tables = tags.bytes(TiffLayout.JPEG_TABLES);
      whole.write(tables, 0, Math.max(0, tables.length - 2));
    }
    whole.writeBytes(packed);
    JpegFile jpeg = JpegFile.of(whole.toByteArray());
    int components = jpeg.components().size();
    if (components != layout.samplesTogether()
        || jpeg.width() != layout.chunkWidth()
        || jpeg.height() < rows) {
      throw new IIOException(
          String.format(
              Locale.ROOT,
              "expected a JPEG of %d x %d pixels and %d components in it, found %d x %d and %d",
              layout.chunkWidth(),
              rows,
              layout.samplesTogether(),
              jpeg.width(),
              jpeg.height(),
              components));
    }
    byte[] samples = Jpeg.samples(jpeg, budget);
    if (layout.colours() == TiffLayout.Colours.LUMA_CHROMA && components == 3) {
      JpegColours.convert(samples, components);
    }
    return copy(samples, bytes);
  }

  /** Undoes horizontal differences. */
  private void sum(byte[] bytes) {
    int step = layout.samplesTogether();
    int row = layout.rowBytes();
    if (layout.bits() == Byte.SIZE) {
      for (int start = 0; start < bytes.length; start += row) {
        for (int i = start + step; i < start + row; i++) {
          bytes[i] += bytes[i - step];
        }
      }
      return;
    }
    int low = tags.order() == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
    for (int start = 0; start < bytes.length; start += row) {
      for (int i = start + 2 * step; i < start + row; i += 2) {
        int before = i - 2 * step;
        int value =
            (bytes[i + low] & 0xff)
                + (bytes[before + low] & 0xff)
                + ((bytes[i + 1 - low] + bytes[before + 1 - low]) << 8);
        bytes[i + low] = (byte) value;
        bytes[i + 1 - low] = (byte) (value >> 8);
      }
    }
  }
}
