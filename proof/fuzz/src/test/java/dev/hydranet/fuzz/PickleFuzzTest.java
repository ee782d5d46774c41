package dev.hydranet.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The pickle in a zip archive that is in order, beside two storages. */
class PickleFuzzTest {
  private static final int STORAGE_BYTES = 64;

  @FuzzTest(maxDuration = "5m")
  void read(byte[] pickle) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      store(zip, "archive/data.pkl", pickle);
      store(zip, "archive/data/0", new byte[STORAGE_BYTES]);
      store(zip, "archive/data/1", new byte[STORAGE_BYTES]);
    }
    Scratch.read(file.toByteArray(), CheckpointReading::read);
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
