package dev.hydranet.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The one thing about EXIF that matters to pixels. */
final class Exif {
  /** What precedes the directories in a JPEG, and in some writers' WebP and PNG. */
  static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int ORIENTATION = 274;
  private static final int ENTRY_BYTES = 12;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private Exif() {}

  /**
   * The orientation that EXIF data tell; NORMAL if they tell none or are damaged.
   *
   * @param exif with or without {@link #PREFIX}
   */
  static Orientation orientation(ByteBuffer exif) {
    ByteBuffer tiff = exif.slice();
    if (tiff.remaining() >= PREFIX.length
        && tiff.slice(0, PREFIX.length).equals(ByteBuffer.wrap(PREFIX))) {
      tiff = tiff.slice(PREFIX.length, tiff.remaining() - PREFIX.length);
    }
    if (tiff.remaining() < 8) {
      return Orientation.NORMAL;
    }
    short order = tiff.getShort(0);
    if (order != 0x4d4d && order != 0x4949) {
      return Orientation.NORMAL;
    }
    tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xffffffffL;
    if (tiff.getShort(2) != 42 || directory > tiff.limit() - Short.BYTES) {
      return Orientation.NORMAL;
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    int at = (int) directory + Short.BYTES;
    for (int i = 0; i < entries && at <= tiff.limit() - ENTRY_BYTES; i++, at += ENTRY_BYTES) {
      if ((tiff.getShort(at) & 0xffff) == ORIENTATION && tiff.getInt(at + 4) == 1) {
        return switch (tiff.getShort(at + 2)) {
          case BYTE -> Orientation.of(tiff.get(at + 8));
          case SHORT -> Orientation.of(tiff.getShort(at + 8));
          case LONG -> Orientation.of(tiff.getInt(at + 8));
          default -> Orientation.NORMAL;
        };
      }
    }
    return Orientation.NORMAL;
  }
}
