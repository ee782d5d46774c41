package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.ByteReader;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the directory of a zip archive (PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3), and
 * accepts no archive that two readers could read differently: the archive is the whole file, names
 * occur once, local headers agree with the directory, and no two files share bytes.
 */
final class ZipDirectory {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_HEADER = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int ZIP64_END = 0x06064b50;
  private static final int ZIP64_LOCATOR = 0x07064b50;
  private static final int END_SIZE = 22;
  private static final int ZIP64_LOCATOR_SIZE = 20;
  private static final int ZIP64_END_SIZE = 56;
  private static final int ZIP64_EXTRA = 1;
  private static final long IN_ZIP64 = 0xffffffffL;
  private static final int ENCRYPTED = 1;
  private static final int SIZES_FOLLOW = 8;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final MemorySegment archive;

  private ZipDirectory(MemorySegment archive) {
    this.archive = archive;
  }

  /**
   * The files of an archive by name, in the order of their bytes.
   *
   * @throws WeightsFormatException if the archive is cut off, malformed, encrypted or ambiguous
   */
  static Map<String, ZipEntry> read(MemorySegment archive) throws WeightsFormatException {
    return new ZipDirectory(archive).read();
  }

  /** Where the directory lies, and how many files it lists. */
  private record Extent(long start, long end, long count) {}

  /** A directory header: the entry, with the place of its local header instead of its bytes. */
  private record Listed(ZipEntry entry, long headerOffset) {}

  private Map<String, ZipEntry> read() throws WeightsFormatException {
    Extent extent = locate();
    ByteReader in = new ByteReader(archive.asSlice(0, extent.end()), extent.start());
    List<Listed> listed = new ArrayList<>();
    while (in.remaining() > 0) {
      listed.add(directoryHeader(in));
    }
    if (listed.size() != extent.count()) {
      throw new DamagedFileException(
          "the zip directory lists "
              + listed.size()
              + " files, its end record says "
              + Long.toUnsignedString(extent.count()));
    }
    listed.sort(Comparator.comparingLong(Listed::headerOffset));
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    long free = 0;
    for (Listed header : listed) {
      String name = header.entry().name();
      if (header.headerOffset() < free || header.headerOffset() > extent.start()) {
        throw new DamagedFileException(
            "zip entry " + Printable.quoted(name) + " overlaps another one");
      }
      ZipEntry entry = place(header, extent.start());
      free = entry.offset() + entry.storedSize();
      if (entries.put(name, entry) != null) {
        throw new DamagedFileException(
            "zip entry " + Printable.quoted(name) + " occurs more than once");
      }
    }
    return entries;
  }

  private Extent locate() throws WeightsFormatException {
    long endStart = archive.byteSize() - END_SIZE;
    if (endStart < 0 || new ByteReader(archive, endStart).i32() != END) {
      throw new DamagedFileException(
          "truncated, or something follows the archive: a zip archive ends with its end record");
    }
    ByteReader in = new ByteReader(archive, endStart + 4);
    int disk = in.u16();
    int directoryDisk = in.u16();
    long countHere = in.u16();
    long count = in.u16();
    long size = in.u32();
    long start = in.u32();
    int commentLength = in.u16();
    if (disk != 0 || directoryDisk != 0 || countHere != count || commentLength != 0) {
      throw new DamagedFileException("the zip end record is malformed");
    }
    long locatorStart = endStart - ZIP64_LOCATOR_SIZE;
    if (locatorStart >= 0 && new ByteReader(archive, locatorStart).i32() == ZIP64_LOCATOR) {
      return locate64(locatorStart);
    }
    return extent(start, size, count, endStart);
  }

  private Extent locate64(long locatorStart) throws WeightsFormatException {
    ByteReader locator = new ByteReader(archive, locatorStart + 8);
    long endStart = locator.i64();
    if (endStart != locatorStart - ZIP64_END_SIZE
        || endStart < 0
        || new ByteReader(archive, endStart).i32() != ZIP64_END) {
      throw new DamagedFileException("the zip64 end record is not where its locator says");
    }
    ByteReader in = new ByteReader(archive, endStart + 32);
    long count = in.i64();
    long size = in.i64();
    long start = in.i64();
    return extent(start, size, count, endStart);
  }

  private static Extent extent(long start, long size, long count, long end)
      throws WeightsFormatException {
    if (start < 0 || size < 0 || start > end || size != end - start) {
      throw new DamagedFileException(
          "the zip directory should lie at bytes "
              + Long.toUnsignedString(start)
              + " to "
              + end
              + ", its end record says it has "
              + Long.toUnsignedString(size)
              + " bytes");
    }
    return new Extent(start, end, count);
  }

  private static Listed directoryHeader(ByteReader in) throws WeightsFormatException {
    if (in.i32() != DIRECTORY_HEADER) {
      throw new DamagedFileException("the zip directory is malformed");
    }
    in.skip(4); // versions
    int flags = in.u16();
    int method = in.u16();
    in.skip(4); // time and date
    long crc = in.u32();
    long storedSize = in.u32();
    long size = in.u32();
    int nameLength = in.u16();
    int extraLength = in.u16();
    int commentLength = in.u16();
    in.skip(8); // disk, attributes
    long headerOffset = in.u32();
    String name = in.utf8(nameLength);
    ByteReader extra = zip64Extra(new ByteReader(in.slice(extraLength)));
    in.skip(commentLength);
    // In this order, and only those that do not fit the header.
    size = size == IN_ZIP64 ? extra.i64() : size;
    storedSize = storedSize == IN_ZIP64 ? extra.i64() : storedSize;
    headerOffset = headerOffset == IN_ZIP64 ? extra.i64() : headerOffset;
    checkName(name);
    if ((flags & ENCRYPTED) != 0) {
      throw new UnsupportedFileException("zip entry " + Printable.quoted(name) + " is encrypted");
    }
    if (method != STORED && method != DEFLATED) {
      throw new UnsupportedFileException(
          "zip entry "
              + Printable.quoted(name)
              + " is compressed by method "
              + method
              + "; stored and deflated are known");
    }
    if (size < 0 || storedSize < 0 || method == STORED && size != storedSize) {
      throw new DamagedFileException(
          "zip entry " + Printable.quoted(name) + " has contradictory sizes");
    }
    ZipEntry entry = new ZipEntry(name, method == DEFLATED, crc, 0, storedSize, size);
    return new Listed(entry, headerOffset);
  }

  private static ByteReader zip64Extra(ByteReader extra) throws WeightsFormatException {
    while (extra.remaining() > 0) {
      int id = extra.u16();
      MemorySegment content = extra.slice(extra.u16());
      if (id == ZIP64_EXTRA) {
        return new ByteReader(content);
      }
    }
    return extra;
  }

  private static void checkName(String name) throws WeightsFormatException {
    boolean relative = !name.isEmpty() && !name.startsWith("/") && !name.contains("\\");
    if (!relative || name.indexOf('\0') >= 0 || List.of(name.split("/")).contains("..")) {
      throw new DamagedFileException(
          "zip entry " + Printable.quoted(name) + " is no plain relative path");
    }
  }

  private ZipEntry place(Listed listed, long limit) throws WeightsFormatException {
    ZipEntry entry = listed.entry();
    ByteReader in = new ByteReader(archive.asSlice(0, limit), listed.headerOffset());
    if (in.i32() != LOCAL_HEADER) {
      throw new DamagedFileException(
          "zip entry " + Printable.quoted(entry.name()) + " is not where the directory says");
    }
    in.skip(2); // version
    int flags = in.u16();
    int method = in.u16();
    in.skip(4); // time and date
    long crc = in.u32();
    long storedSize = in.u32();
    long size = in.u32();
    int nameLength = in.u16();
    int extraLength = in.u16();
    String name = in.utf8(nameLength);
    in.skip(extraLength);
    // A writer of streams leaves the sizes to the directory.
    boolean sizesFollow = (flags & SIZES_FOLLOW) != 0;
    if (!name.equals(entry.name())) {
      throw new DamagedFileException(
          "zip entry "
              + Printable.quoted(entry.name())
              + " is "
              + Printable.quoted(name)
              + " by its own header");
    }
    if (method != (entry.deflated() ? DEFLATED : STORED)
        || (flags & ENCRYPTED) != 0
        || !sizesFollow && crc != entry.crc()
        || !sizesFollow && storedSize != IN_ZIP64 && storedSize != entry.storedSize()
        || !sizesFollow && size != IN_ZIP64 && size != entry.size()) {
      throw new UnsupportedFileException(
          "zip entry "
              + Printable.quoted(name)
              + " has another compression, size or CRC-32 by its own header, or is encrypted");
    }
    long offset = in.position();
    in.skip(entry.storedSize());
    return new ZipEntry(
        name, entry.deflated(), entry.crc(), offset, entry.storedSize(), entry.size());
  }
}
