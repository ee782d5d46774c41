package dev.hydranet.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOException;

/** The first directory of a TIFF file (TIFF 6.0, section 2): numbers by their tags. */
final class TiffDirectory {
  private static final int ENTRY_BYTES = 12;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int UNDEFINED = 7;

  /**
   * Where a field's numbers are.
   *
   * @param bytes of a number
   * @param at its first one
   */
  private record Field(int bytes, int count, int at) {}

  private final ByteBuffer in;
  private final Map<Integer, Field> fields = new HashMap<>();

  private TiffDirectory(ByteBuffer in) {
    this.in = in;
  }

  /**
   * Finds the fields of whole numbers. Others, and those that are not within the file, say nothing
   * about pixels.
   *
   * @throws IIOException if there is no directory
   */
  static TiffDirectory of(byte[] file) throws IIOException {
    ByteBuffer in = ByteBuffer.wrap(file);
    if (file.length < 8) {
      throw new IIOException(Reason.CUT_OFF);
    }
    in.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long at = in.getInt(4) & 0xffffffffL;
    if (at == 0) {
      throw new IIOException("a TIFF without a directory");
    }
    if (at > file.length - Short.BYTES) {
      throw new IIOException(Reason.CUT_OFF + ", or its directory is not in it");
    }
    TiffDirectory directory = new TiffDirectory(in);
    int entries = in.getShort((int) at) & 0xffff;
    int entry = (int) at + Short.BYTES;
    for (int i = 0; i < entries && entry <= file.length - ENTRY_BYTES; i++, entry += ENTRY_BYTES) {
      directory.add(entry);
    }
    return directory;
  }

  private void add(int entry) {
    int bytes =
        switch (in.getShort(entry + 2)) {
          case BYTE, UNDEFINED -> 1;
          case SHORT -> Short.BYTES;
          case LONG -> Integer.BYTES;
          default -> 0;
        };
    long count = in.getInt(entry + 4) & 0xffffffffL;
    if (bytes == 0 || count == 0) {
      return;
    }
    long at = bytes * count <= Integer.BYTES ? entry + 8 : in.getInt(entry + 8) & 0xffffffffL;
    if (at + bytes * count <= in.limit()) {
      fields.putIfAbsent(in.getShort(entry) & 0xffff, new Field(bytes, (int) count, (int) at));
    }
  }

  ByteOrder order() {
    return in.order();
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** How many numbers a field has; 0 if it is not there. */
  int count(int tag) {
    return has(tag) ? fields.get(tag).count : 0;
  }

  /** One of a field's numbers, which must be there. */
  long get(int tag, int index) {
    Field field = fields.get(tag);
    int at = field.at + index * field.bytes;
    return switch (field.bytes) {
      case 1 -> in.get(at) & 0xff;
      case Short.BYTES -> in.getShort(at) & 0xffff;
      default -> in.getInt(at) & 0xffffffffL;
    };
  }

  /** A field's first number, or another if the field is not there. */
  long first(int tag, long otherwise) {
    return has(tag) ? get(tag, 0) : otherwise;
  }

  /**
   * A field's first number.
   *
   * @throws IIOException if it is not there
   */
  long required(int tag, String name) throws IIOException {
    if (!has(tag)) {
      throw new IIOException("a TIFF without its field " + name);
    }
    return get(tag, 0);
  }

  /** A field's bytes. */
  byte[] bytes(int tag) {
    byte[] bytes = new byte[fields.get(tag).count];
    in.get(fields.get(tag).at, bytes);
    return bytes;
  }
}
