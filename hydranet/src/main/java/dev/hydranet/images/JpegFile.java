package dev.hydranet.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.IIOException;

/**
 * A JPEG reduced to what makes its pixels: tables, frame and scans (ITU-T T.81, annex B). Whatever
 * else is in the file, whole or damaged, no decoder gets to see.
 */
final class JpegFile {
  /**
   * A component of the frame.
   *
   * @param id that the scans call it by
   * @param across how often it is sampled, relative to the others
   * @param down the same
   */
  record Component(int id, int across, int down) {}

  /** Encoders write about ten, those that look for the smallest file some dozens. */
  private static final int MOST_SCANS = 100;

  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int QUANTISATION_TABLES = 0xdb;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int ARITHMETIC_CONDITIONING = 0xcc;
  private static final int JPEG_EXTENSIONS = 0xc8;
  private static final int JFIF = 0xe0;
  private static final int EXIF = 0xe1;
  private static final int ADOBE = 0xee;

  /**
   * An Adobe segment that says: no colour transform. With it, decoders leave the components alone.
   */
  private static final byte[] PLAIN_COMPONENTS =
      HexFormat.of().parseHex("ffee000e41646f626500640000000000");

  private static final int TEMPORARY = 0x01;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;

  private final ByteBuffer in;
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private boolean jfif;
  private int adobeTransform = -1;
  private Orientation orientation = Orientation.NORMAL;
  private boolean exif;
  private int width;
  private int height;
  private boolean progressive;
  private List<Component> components = List.of();
  private int scans;
  private long scanBytes;
  private boolean ended;

  private JpegFile(byte[] file) {
    in = ByteBuffer.wrap(file);
  }

  /**
   * Finds the parts of a file's first image.
   *
   * @throws IIOException if it is of a kind that is not read, or has no pixels
   */
  static JpegFile of(byte[] file) throws IIOException {
    JpegFile jpeg = new JpegFile(file);
    jpeg.plain.write(0xff);
    jpeg.plain.write(START_OF_IMAGE);
    jpeg.plain.writeBytes(PLAIN_COMPONENTS);
    jpeg.walk();
    jpeg.plain.write(0xff);
    jpeg.plain.write(END_OF_IMAGE);
    return jpeg;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  List<Component> components() {
    return components;
  }

  Orientation orientation() {
    return orientation;
  }

  /** A JPEG of the same pixels and nothing else, its components as they are stored. */
  byte[] plain() {
    return plain.toByteArray();
  }

  /** How many bytes the coded pixels have. */
  long scanBytes() {
    return scanBytes;
  }

  /**
   * Whether the first two or three components are luma and chroma, as libjpeg finds it out, which
   * most of the world's software reads JPEGs with.
   */
  boolean isLumaChroma() {
    if (components.size() == 4) {
      return adobeTransform > 0;
    }
    if (components.size() != 3) {
      return false;
    }
    if (jfif) {
      return true;
    }
    if (adobeTransform >= 0) {
      return adobeTransform != 0;
    }
    return !components.stream()
        .map(Component::id)
        .toList()
        .equals(List.of((int) 'R', (int) 'G', (int) 'B'));
  }

  private void walk() throws IIOException {
    while (true) {
      int marker = marker();
      if (marker == END_OF_IMAGE) {
        ended = true;
        break;
      }
      if (marker < 0) {
        break;
      }
      if (hasLength(marker)) {
        segment(marker);
      }
    }
    if (components.isEmpty()) {
      throw new IIOException(ended ? "a JPEG without a frame" : Reason.CUT_OFF);
    }
    if (scans == 0) {
      throw new IIOException(ended ? "a JPEG without pixels" : Reason.CUT_OFF);
    }
    if (!ended && progressive) {
      // Each scan makes the pixels better; how many there should be, nothing tells.
      throw new IIOException(Reason.CUT_OFF);
    }
  }

  /** The next marker, after whatever fill bytes and rubbish; -1 at the end of the file. */
  private int marker() {
    while (in.hasRemaining()) {
      if (in.get() == (byte) 0xff) {
        int next = 0xff;
        while (next == 0xff && in.hasRemaining()) {
          next = in.get() & 0xff;
        }
        if (next != 0 && next != 0xff) {
          return next;
        }
      }
    }
    return -1;
  }

  /** All have but those that stand alone: TEM, restarts, the start and the end of an image. */
  private static boolean hasLength(int marker) {
    return marker != TEMPORARY && (marker < FIRST_RESTART || marker > END_OF_IMAGE);
  }

  private void segment(int marker) throws IIOException {
    if (in.remaining() < Short.BYTES) {
      in.position(in.limit());
      return;
    }
    int length = in.getShort(in.position()) & 0xffff;
    boolean makesPixels = makesPixels(marker);
    if (length < Short.BYTES) {
      if (makesPixels) {
        throw new IIOException("a JPEG with a segment of length " + length);
      }
      return; // The next marker comes where it comes.
    }
    if (length > in.remaining()) {
      in.position(in.limit());
      return;
    }
    ByteBuffer content = in.slice(in.position() + Short.BYTES, length - Short.BYTES);
    in.position(in.position() + length);
    if (makesPixels) {
      if (isFrame(marker)) {
        frame(marker, content);
      }
      if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
        throw new IIOException("a JPEG of more than " + MOST_SCANS + " scans");
      }
      plain.write(0xff);
      plain.write(marker);
      plain.write(length >> Byte.SIZE);
      plain.write(length);
      plain.write(in.array(), in.position() - length + Short.BYTES, length - Short.BYTES);
      if (marker == START_OF_SCAN) {
        scan();
      }
    } else {
      metadata(marker, content);
    }
  }

  private static boolean makesPixels(int marker) {
    return isFrame(marker)
        || marker == HUFFMAN_TABLES
        || marker == QUANTISATION_TABLES
        || marker == RESTART_INTERVAL
        || marker == ARITHMETIC_CONDITIONING
        || marker == START_OF_SCAN;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0
        && marker <= 0xcf
        && marker != HUFFMAN_TABLES
        && marker != JPEG_EXTENSIONS
        && marker != ARITHMETIC_CONDITIONING;
  }

  private void frame(int marker, ByteBuffer content) throws IIOException {
    if (!components.isEmpty()) {
      throw new IIOException("a JPEG of two frames");
    }
    String kind =
        switch (marker) {
          case 0xc0, 0xc1, 0xc2 -> null;
          case 0xc3 -> "a lossless JPEG";
          case 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf -> "an arithmetic-coded JPEG";
          default -> "a hierarchical JPEG";
        };
    if (content.remaining() < 6) {
      throw new IIOException("a JPEG whose frame is too short");
    }
    int precision = content.get() & 0xff;
    if (kind == null && precision != Byte.SIZE) {
      kind = "a " + precision + "-bit JPEG";
    }
    if (kind != null) {
      throw new IIOException(kind + ", which Java cannot read; convert it to an 8-bit JPEG or PNG");
    }
    progressive = marker == 0xc2;
    height = content.getShort() & 0xffff;
    width = content.getShort() & 0xffff;
    int count = content.get() & 0xff;
    if (count != 1 && count != 3 && count != 4) {
      throw new IIOException("expected a JPEG of 1, 3 or 4 components, found " + count);
    }
    Component[] found = new Component[count];
    for (int i = 0; i < count; i++) {
      int id = content.get() & 0xff;
      int sampling = content.get() & 0xff;
      content.get();
      found[i] = new Component(id, sampling >> 4, sampling & 15);
      if (found[i].across < 1 || found[i].across > 4 || found[i].down < 1 || found[i].down > 4) {
        throw new IIOException("a JPEG that samples a component 0 or more than 4 times");
      }
    }
    components = List.of(found);
  }

  /** Copies entropy-coded data, which end at a marker that is no restart. */
  private void scan() {
    int start = in.position();
    int end = in.limit();
    byte[] file = in.array();
    int at = start;
    while (at < end) {
      if (file[at] == (byte) 0xff && at + 1 < end) {
        int next = file[at + 1] & 0xff;
        if (next != 0 && next != 0xff && (next < FIRST_RESTART || next > LAST_RESTART)) {
          break;
        }
      }
      at++;
    }
    plain.write(file, start, at - start);
    scanBytes += at - start;
    in.position(at);
  }

  private void metadata(int marker, ByteBuffer content) {
    if (marker == JFIF && content.remaining() >= 14 && startsWith(content, "JFIF\0")) {
      jfif = true;
    } else if (marker == ADOBE && content.remaining() >= 12 && startsWith(content, "Adobe")) {
      adobeTransform = content.get(11) & 0xff;
    } else if (marker == EXIF && !exif && startsWith(content, "Exif\0")) {
      exif = true;
      orientation = Exif.orientation(content);
    }
  }

  private static boolean startsWith(ByteBuffer content, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return content.remaining() >= bytes.length
        && content.slice(0, bytes.length).equals(ByteBuffer.wrap(bytes));
  }
}
