package dev.hydranet.cli.images;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOException;

/**
 * How often a JPEG goes over its pixels. A scan takes a few bytes in the file and may cover the
 * whole image, so that a small progressive file can keep a decoder busy for hours (ITU-T T.81,
 * annex B and section G.1.1).
 */
final class JpegScans {
  /** Encoders write about ten, those that look for the smallest file some dozens. */
  private static final int MOST = 100;

  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private JpegScans() {}

  /**
   * Looks through a file's markers up to the end of its first image.
   *
   * @throws IIOException if there are more scans than in any image that somebody wants to see
   */
  static void check(Path file) throws IOException {
    int scans = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (int marker = marker(in); marker != END_OF_IMAGE; marker = marker(in)) {
        if (marker == START_OF_SCAN && ++scans > MOST) {
          throw new IIOException("a JPEG of more than " + MOST + " scans");
        }
        if (hasLength(marker)) {
          in.skipNBytes(Math.max(0, in.readUnsignedShort() - Short.BYTES));
        }
      }
    } catch (EOFException e) {
      // Of a file that is cut off, the decoder says more.
    }
  }

  /** The next byte after 0xff that is neither another one nor says that 0xff was a number. */
  private static int marker(DataInputStream in) throws IOException {
    while (true) {
      int next = in.readUnsignedByte();
      if (next == 0xff) {
        while (next == 0xff) {
          next = in.readUnsignedByte();
        }
        if (next != 0) {
          return next;
        }
      }
    }
  }

  /** All have but those that stand alone: TEM, restarts, the start and the end of an image. */
  private static boolean hasLength(int marker) {
    return marker != 0x01 && (marker < 0xd0 || marker > END_OF_IMAGE);
  }
}
