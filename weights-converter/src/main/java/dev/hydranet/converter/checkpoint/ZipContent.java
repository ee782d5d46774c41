package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the bytes of a file in a zip archive. */
final class ZipContent {
  private static final int CHUNK = 1 << 20;

  private ZipContent() {}

  /**
   * The content of an entry; a view of the archive if it is stored.
   *
   * @throws WeightsFormatException if it does not inflate to its size, or has another CRC-32
   */
  static MemorySegment read(MemorySegment archive, ZipEntry entry, MemoryBudget budget)
      throws WeightsFormatException {
    MemorySegment stored = archive.asSlice(entry.offset(), entry.storedSize());
    MemorySegment content = entry.deflated() ? inflate(stored, entry, budget) : stored;
    // PyTorch >= 2.6 writes 0 when told not to compute it (save.compute_crc32 = False).
    if (entry.crc() != 0 && crc(content) != entry.crc()) {
      throw new DamagedFileException(
          "zip entry "
              + Printable.quoted(entry.name())
              + " is corrupt: its CRC-32 should be %08x, is %08x"
                  .formatted(entry.crc(), crc(content)));
    }
    return content;
  }

  private static MemorySegment inflate(MemorySegment stored, ZipEntry entry, MemoryBudget budget)
      throws WeightsFormatException {
    String what = "zip entry " + Printable.quoted(entry.name());
    budget.take(entry.size(), 1, what);
    // Deflate never adds more than 5 bytes to 16 kB.
    if (stored.byteSize() > entry.size() + entry.size() / 1024 + 64) {
      throw new DamagedFileException(what + " is longer deflated than inflated");
    }
    byte[] content = new byte[(int) entry.size()];
    Inflater inflater = new Inflater(true);
    try {
      int length = 0;
      boolean more = false;
      for (long start = 0; start < stored.byteSize(); start += CHUNK) {
        inflater.setInput(chunk(stored, start));
        int count = -1;
        while (count != 0 && length < content.length) {
          count = inflater.inflate(content, length, content.length - length);
          length += count;
        }
        // What is full can still take the end of the stream, which is no byte.
        more |= length == content.length && inflater.inflate(new byte[1]) > 0;
      }
      if (length < content.length || more || !inflater.finished()) {
        throw new DamagedFileException(
            what + " does not inflate to the " + entry.size() + " bytes that the directory says");
      }
    } catch (DataFormatException e) {
      throw new DamagedFileException(what + " does not inflate: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
    return MemorySegment.ofArray(content);
  }

  private static long crc(MemorySegment content) {
    CRC32 crc = new CRC32();
    for (long start = 0; start < content.byteSize(); start += CHUNK) {
      crc.update(chunk(content, start));
    }
    return crc.getValue();
  }

  /**
   * The next bytes, as a copy. Native code must not see the file's own: when somebody shortens a
   * mapped file, Java reports the pages that are gone, but native code ends the process.
   */
  private static byte[] chunk(MemorySegment from, long start) {
    long length = Math.min(CHUNK, from.byteSize() - start);
    return from.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
  }
}
