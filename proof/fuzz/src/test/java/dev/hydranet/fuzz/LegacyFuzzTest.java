package dev.hydranet.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;

/** What follows the magic number of the format before 1.6: the object, the keys, the storages. */
class LegacyFuzzTest {
  /** Pickles of the magic number, the protocol 1001 and an empty description of the machine. */
  private static final byte[] START =
      HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e" + "80024de9032e" + "80027d2e");

  @FuzzTest(maxDuration = "5m")
  void read(byte[] rest) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(START);
    file.writeBytes(rest);
    Scratch.read(file.toByteArray(), CheckpointReading::read);
  }
}
