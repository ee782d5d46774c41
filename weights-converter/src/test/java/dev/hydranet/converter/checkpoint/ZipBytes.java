package dev.hydranet.converter.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip archives, honest and other. */
final class ZipBytes {
  private final List<Entry> entries = new ArrayList<>();
  private boolean zip64;

  /** A file in the archive; what its headers say can be set. */
  static final class Entry {
    final byte[] stored;
    String localName;
    String name;
    int flags;
    int method;
    long crc;
    long size;
    long storedSize;
    // Where the directory says that it is, if elsewhere than it is.
    Integer claimedOffset;

    private Entry(String name, byte[] content, byte[] stored, int method) {
      this.name = name;
      this.localName = name;
      this.stored = stored;
      this.method = method;
      this.size = content.length;
      this.storedSize = stored.length;
      CRC32 sum = new CRC32();
      sum.update(content);
      this.crc = sum.getValue();
    }
  }

  /** Adds a file as it is. */
  Entry store(String name, byte[] content) {
    return add(new Entry(name, content, content, 0));
  }

  /** Adds a file compressed. */
  Entry deflate(String name, byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 64];
    int length = deflater.deflate(buffer);
    deflater.end();
    return add(new Entry(name, content, Arrays.copyOf(buffer, length), 8));
  }

  private Entry add(Entry entry) {
    entries.add(entry);
    return entry;
  }

  /** All sizes and offsets as archives above 4 GB have them. */
  ZipBytes zip64() {
    zip64 = true;
    return this;
  }

  byte[] bytes() {
    int capacity = 200;
    for (Entry entry : entries) {
      capacity +=
          entry.stored.length + 2 * entry.name.length() + 2 * entry.localName.length() + 200;
    }
    ByteBuffer out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    Map<Entry, Integer> offsets = new LinkedHashMap<>();
    for (Entry entry : entries) {
      offsets.put(entry, out.position());
      byte[] name = entry.localName.getBytes(StandardCharsets.UTF_8);
      out.putInt(0x04034b50).putShort((short) 45).putShort((short) entry.flags);
      out.putShort((short) entry.method).putInt(0).putInt((int) entry.crc);
      out.putInt((int) entry.storedSize).putInt((int) entry.size);
      out.putShort((short) name.length).putShort((short) 0).put(name).put(entry.stored);
    }
    int directory = out.position();
    offsets.forEach((entry, offset) -> header(out, entry, offset));
    int end = out.position();
    if (zip64) {
      out.putInt(0x06064b50).putLong(44).putInt(0x2d002d).putInt(0).putInt(0);
      out.putLong(entries.size()).putLong(entries.size());
      out.putLong(end - directory).putLong(directory);
      out.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
      out.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
    } else {
      short count = (short) entries.size();
      out.putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
      out.putInt(end - directory).putInt(directory).putShort((short) 0);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private void header(ByteBuffer out, Entry entry, int actualOffset) {
    byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
    int offset = entry.claimedOffset == null ? actualOffset : entry.claimedOffset;
    out.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) entry.flags);
    out.putShort((short) entry.method).putInt(0).putInt((int) entry.crc);
    out.putInt(zip64 ? -1 : (int) entry.storedSize).putInt(zip64 ? -1 : (int) entry.size);
    out.putShort((short) name.length).putShort((short) (zip64 ? 32 : 0)).putShort((short) 0);
    out.putShort((short) 0).putShort((short) 0).putInt(0).putInt(zip64 ? -1 : offset).put(name);
    if (zip64) {
      // Another field first, as Info-ZIP writes times.
      out.putShort((short) 0x5455).putShort((short) 0);
      out.putShort((short) 1).putShort((short) 24);
      out.putLong(entry.size).putLong(entry.storedSize).putLong(offset);
    }
  }
}
