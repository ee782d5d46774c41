package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;
import static dev.hydranet.converter.checkpoint.TorchFiles.storage;
import static dev.hydranet.converter.checkpoint.TorchFiles.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.WeightsFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that two readers could read differently, or that are larger than they look. */
class HostileZipTest {
  private static final byte[] PICKLE =
      PickleBytes.pickle(
          Map.of("w", tensor(storage("torch.FloatStorage", "0", 2), 0, tuple(2), tuple(1))));
  private static final byte[] NUMBERS = TorchFiles.Storage.floats(1, 2).bytes();

  @TempDir Path folder;

  private final ZipBytes zip = new ZipBytes();
  private final ZipBytes.Entry pickle = zip.store("a/data.pkl", PICKLE);
  private final ZipBytes.Entry numbers = zip.store("a/data/0", NUMBERS);

  @Test
  void asItShouldBe() throws IOException {
    assertThat(read(zip.bytes()).tensors().get("w").data()).containsExactly(1, 2);
  }

  @Test
  void anEntryTwice() {
    zip.store("a/data/0", NUMBERS);

    assertRefused("zip entry 'a/data/0' occurs more than once");
  }

  @Test
  void entriesThatShareBytes() {
    zip.store("a/data/1", NUMBERS).claimedOffset = 0;

    assertRefused("zip entry 'a/data/1' overlaps another one");
  }

  @Test
  void anEntryThatReachesIntoTheNext() {
    pickle.storedSize = pickle.size = PICKLE.length + 40;

    assertRefused("zip entry 'a/data/0' overlaps another one");
  }

  @Test
  void anEntryThatReachesIntoTheDirectory() {
    numbers.storedSize = numbers.size = 64;

    assertRefused("truncated or corrupt: 64 bytes expected at byte");
  }

  @Test
  void anEntryOutsideOfTheFile() {
    numbers.claimedOffset = 1 << 30;

    assertRefused("zip entry 'a/data/0' overlaps another one");
  }

  @Test
  void anEntryThatIsNoEntry() {
    numbers.claimedOffset = PICKLE.length + 41;

    assertRefused("zip entry 'a/data/0' is not where the directory says");
  }

  @Test
  void anEntryOfTwoNames() {
    numbers.localName = "a/data/9";

    assertRefused("zip entry 'a/data/0' is 'a/data/9' by its own header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/x", "../x", "a/../../x", "a\\x", "", "a/x\0"})
  void pathTricks(String name) {
    zip.store(name, NUMBERS);

    assertRefused("is no plain relative path");
  }

  @Test
  void anEncryptedEntry() {
    numbers.flags = 1;

    assertRefused("zip entry 'a/data/0' is encrypted");
  }

  @Test
  void anotherCompression() {
    numbers.method = 12;

    assertRefused("zip entry 'a/data/0' is compressed by method 12; stored and deflated are known");
  }

  @Test
  void contradictorySizes() {
    numbers.storedSize = 4;

    assertRefused("zip entry 'a/data/0' has contradictory sizes");
  }

  @Test
  void negativeSizes() {
    numbers.size = numbers.storedSize = -8;
    zip.zip64();

    assertRefused("zip entry 'a/data/0' has contradictory sizes");
  }

  @Test
  void aWrongChecksum() {
    numbers.crc = 0x12345678;

    assertRefused("zip entry 'a/data/0' is corrupt: its CRC-32 should be 12345678, is ");
  }

  @Test
  void twoPickles() {
    zip.store("b/data.pkl", PICKLE);

    assertRefused(
        "a zip archive, but no PyTorch checkpoint: it should have one data.pkl, it has 2 and 3"
            + " files ('a/data.pkl', 'a/data/0', 'b/data.pkl')");
  }

  @Test
  void aProgram() {
    zip.store("a/constants.pkl", PICKLE);

    assertRefused(
        "a TorchScript archive, which holds a program; save the model's state_dict() instead");
  }

  @Test
  void anotherArchive() {
    ZipBytes other = new ZipBytes();
    for (String name : new String[] {"metadata.json", "config.json", "model.h5", "x", "y"}) {
      other.store(name, NUMBERS);
    }

    assertRefused(
        other.bytes(),
        "a zip archive, but no PyTorch checkpoint: it should have one data.pkl, it has 0 and 5"
            + " files ('metadata.json', 'config.json', 'model.h5', 'x', ...)");
    assertRefused(
        new ZipBytes().bytes(),
        "a zip archive, but no PyTorch checkpoint: it should have one data.pkl, it has 0 and 0"
            + " files ()");
  }

  @Test
  void aPickleThatGoesOn() {
    ZipBytes other = new ZipBytes();
    other.store("a/data.pkl", Arrays.copyOf(PICKLE, PICKLE.length + 3));

    assertRefused(other.bytes(), "3 bytes follow the pickle in data.pkl");
  }

  @Test
  void aBomb() {
    // A gigabyte that says so; refused before any of it is made.
    ZipBytes other = new ZipBytes();
    other.deflate("a/data.pkl", new byte[1 << 16]).size = 1 << 30;

    assertRefused(
        other.bytes(),
        "zip entry 'a/data.pkl' would take 1073741824 elements of 1 bytes in memory; of the ");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 5000})
  void aDeflatedEntryOfAnotherSize(int more) {
    ZipBytes other = new ZipBytes();
    other.store("a/data.pkl", PICKLE);
    other.deflate("a/data/0", NUMBERS).size = NUMBERS.length + more;

    assertRefused(
        other.bytes(),
        "zip entry 'a/data/0' does not inflate to the %d bytes that the directory says"
            .formatted(NUMBERS.length + more));
  }

  @Test
  void aDeflatedEntryThatIsNone() {
    numbers.method = 8;

    assertRefused("zip entry 'a/data/0' does not inflate: ");
  }

  @Test
  void aDeflatedEntryThatIsLongerThanWhatItHolds() {
    ZipBytes other = new ZipBytes();
    other.deflate("a/data.pkl", new byte[1 << 20]).size = 10;

    assertRefused(other.bytes(), "zip entry 'a/data.pkl' is longer deflated than inflated");
  }

  @Test
  void bytesAfterTheArchive() {
    byte[] bytes = zip.bytes();

    assertRefused(
        Arrays.copyOf(bytes, bytes.length + 1),
        "truncated, or something follows the archive: a zip archive ends with its end record");
  }

  @Test
  void bytesBeforeTheArchive() {
    byte[] bytes = zip.bytes();
    byte[] moved = new byte[bytes.length + 4];
    System.arraycopy(bytes, 0, moved, 0, 4);
    System.arraycopy(bytes, 0, moved, 4, bytes.length);

    assertRefused(moved, "the zip directory should lie at bytes ");
  }

  @Test
  void aMiscountedDirectory() {
    byte[] bytes = zip.bytes();
    bytes[bytes.length - 14] = bytes[bytes.length - 12] = 3;

    assertRefused(bytes, "the zip directory lists 2 files, its end record says 3");
  }

  @Test
  void aMisplacedZip64Directory() {
    byte[] bytes = zip.zip64().bytes();
    bytes[bytes.length - 22 - 12]++;

    assertRefused(bytes, "the zip64 end record is not where its locator says");
  }

  private void assertRefused(String message) {
    assertRefused(zip.bytes(), message);
  }

  private void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(WeightsFormatException.class)
        .message()
        .startsWith(folder.resolve("hostile.pth") + ": ")
        .contains(message)
        .doesNotContain("\n");
  }

  private Checkpoint read(byte[] file) throws IOException {
    return Checkpoint.read(Files.write(folder.resolve("hostile.pth"), file));
  }
}
