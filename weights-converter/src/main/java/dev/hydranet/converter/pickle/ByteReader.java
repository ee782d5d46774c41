package dev.hydranet.converter.pickle;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers and strings one after the other from bytes. Every read is checked against what is
 * left before anything is allocated. Not thread-safe.
 */
public final class ByteReader {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble BIG_ENDIAN_DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int MAX_LINE = 4096;

  private final MemorySegment bytes;
  private long position;

  /** A reader at the first of the bytes. */
  public ByteReader(MemorySegment bytes) {
    this(bytes, 0);
  }

  /**
   * A reader somewhere in the bytes.
   *
   * @throws IndexOutOfBoundsException if the position is negative or beyond the last byte
   */
  public ByteReader(MemorySegment bytes, long position) {
    if (position < 0 || position > bytes.byteSize()) {
      throw new IndexOutOfBoundsException("position " + position + " of " + bytes.byteSize());
    }
    this.bytes = bytes;
    this.position = position;
  }

  /** How many bytes have been read or skipped. */
  public long position() {
    return position;
  }

  /** How many bytes are left. */
  public long remaining() {
    return bytes.byteSize() - position;
  }

  /** One byte, 0 to 255. */
  public int u8() throws WeightsFormatException {
    return bytes.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xff;
  }

  /** Two bytes, least significant first, 0 to 65535. */
  public int u16() throws WeightsFormatException {
    return bytes.get(SHORT, advance(2)) & 0xffff;
  }

  /** Four bytes, least significant first, signed. */
  public int i32() throws WeightsFormatException {
    return bytes.get(INT, advance(4));
  }

  /** Four bytes, least significant first, 0 to 2^32 - 1. */
  public long u32() throws WeightsFormatException {
    return i32() & 0xffffffffL;
  }

  /** Eight bytes, least significant first, signed. */
  public long i64() throws WeightsFormatException {
    return bytes.get(LONG, advance(8));
  }

  /** Eight bytes, most significant first, as a double. */
  public double bigEndianDouble() throws WeightsFormatException {
    return bytes.get(BIG_ENDIAN_DOUBLE, advance(8));
  }

  /** Passes over the next bytes. */
  public void skip(long length) throws WeightsFormatException {
    advance(length);
  }

  /** The next bytes, as a view of them. */
  public MemorySegment slice(long length) throws WeightsFormatException {
    return bytes.asSlice(advance(length), length);
  }

  /** The next bytes, as a copy of them. */
  public byte[] array(long length) throws WeightsFormatException {
    long start = position;
    MemorySegment slice = slice(length);
    if (length > Integer.MAX_VALUE - 8) {
      throw new DamagedFileException(
          length + " bytes at byte " + start + " are more than an array holds");
    }
    return slice.toArray(ValueLayout.JAVA_BYTE);
  }

  /** The next bytes as UTF-8. */
  public String utf8(long length) throws WeightsFormatException {
    long start = position;
    return utf8(start, ByteBuffer.wrap(array(length)));
  }

  /**
   * The next bytes as UTF-8 that may hold lone surrogates: Python writes file names so whose bytes
   * are not text.
   */
  public String pythonUtf8(long length) throws WeightsFormatException {
    long start = position;
    byte[] text = array(length);
    StringBuilder decoded = new StringBuilder();
    int from = 0;
    for (int i = 0; i + 2 < text.length; i++) {
      if (text[i] == (byte) 0xed && (text[i + 1] & 0xe0) == 0xa0 && (text[i + 2] & 0xc0) == 0x80) {
        decoded.append(utf8(start, ByteBuffer.wrap(text, from, i - from)));
        decoded.append((char) (0xd000 | (text[i + 1] & 0x3f) << 6 | text[i + 2] & 0x3f));
        i += 2;
        from = i + 1;
      }
    }
    String rest = utf8(start, ByteBuffer.wrap(text, from, text.length - from));
    return decoded.isEmpty() ? rest : decoded.append(rest).toString();
  }

  private static String utf8(long start, ByteBuffer text) throws WeightsFormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw new DamagedFileException("the string at byte " + start + " is not UTF-8", e);
    }
  }

  /** The characters up to the next line feed, which is skipped. */
  public String line() throws WeightsFormatException {
    long start = position;
    long limit = Math.min(remaining(), MAX_LINE);
    for (long length = 0; length < limit; length++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, start + length) == '\n') {
        String line = utf8(length);
        position++;
        return line;
      }
    }
    throw new DamagedFileException(
        limit == MAX_LINE
            ? "the line at byte " + start + " is longer than " + MAX_LINE + " bytes"
            : "truncated: the file ends in a line that starts at byte " + start);
  }

  private long advance(long length) throws WeightsFormatException {
    if (length < 0 || length > remaining()) {
      throw new DamagedFileException(
          "truncated or corrupt: "
              + Long.toUnsignedString(length)
              + " bytes expected at byte "
              + position
              + ", "
              + remaining()
              + " left");
    }
    long start = position;
    position += length;
    return start;
  }
}
