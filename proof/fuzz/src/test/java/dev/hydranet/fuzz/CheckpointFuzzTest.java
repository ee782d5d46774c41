package dev.hydranet.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Whole files: legacy and zip containers, and whatever else begins like one. */
class CheckpointFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void read(byte[] file) throws IOException {
    Scratch.read(file, CheckpointReading::read);
  }
}
