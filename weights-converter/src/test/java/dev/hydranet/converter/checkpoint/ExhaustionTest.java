package dev.hydranet.converter.checkpoint;

import static dev.hydranet.converter.checkpoint.PickleBytes.global;
import static dev.hydranet.converter.checkpoint.PickleBytes.tuple;
import static dev.hydranet.converter.checkpoint.TorchFiles.storage;
import static dev.hydranet.converter.checkpoint.TorchFiles.tensor;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hydranet.converter.checkpoint.PickleBytes.Raw;
import dev.hydranet.converter.checkpoint.PickleBytes.Tuple;
import dev.hydranet.converter.checkpoint.TorchFiles.Storage;
import dev.hydranet.engine.WeightsFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small files that would take much time or memory: each of them took minutes, or hundreds of
 * megabytes, where a number of tensors or keys multiplied with something else.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExhaustionTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A third of what it was when each tensor had its extents to itself. */
  private static final long ALLOWANCE = 80 << 20;

  @TempDir Path folder;

  /** Six bytes a tensor of 64 dimensions. */
  @Test
  void tensorsOfManyDimensionsMadeAgainAndAgain() {
    Tuple extents = new Tuple(Collections.nCopies(64, 1));
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(instructions(global("torch._utils._rebuild_tensor_v2")));
    pickle.writeBytes("q\1".getBytes(ISO_8859_1));
    pickle.writeBytes(
        instructions(tuple(storage("torch.FloatStorage", "0", 1), 0, extents, extents)));
    pickle.writeBytes("q\0R".getBytes(ISO_8859_1));
    pickle.writeBytes("h\1h\0R".repeat(200_000).getBytes(ISO_8859_1));

    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertRefused(new Raw(pickle.toByteArray()), "expected a dict of tensors, found a single");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOWANCE);
  }

  @Test
  void aTensorUnderManyNames() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(
        instructions(tensor(storage("torch.FloatStorage", "0", 1), 0, tuple(1), tuple(1))));
    pickle.writeBytes("q\0000}(".getBytes(ISO_8859_1));
    for (int i = 0; i < 70_000; i++) {
      pickle.writeBytes(String.format("U\5%05xh\0", i).getBytes(ISO_8859_1));
    }
    pickle.write('u');

    assertRefused(new Raw(pickle.toByteArray()), "the state_dict has more than 65536 tensors");
  }

  /** Strings and integers of one hash code: a map of both looks at all of them for each. */
  @Test
  void keysOfOneHashCode() {
    int count = 1 << 16;
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes("}(".getBytes(ISO_8859_1));
    int hash = 0;
    for (int i = 0; i < count; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      hash = key.toString().hashCode();
      pickle.writeBytes(("U " + key + "N").getBytes(ISO_8859_1));
    }
    for (int i = 0; i < count; i++) {
      long number = (long) i << 32 | (i ^ hash) & 0xffffffffL;
      assertThat(Long.hashCode(number)).isEqualTo(hash);
      pickle.writeBytes(new byte[] {(byte) 0x8a, 8});
      pickle.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
      pickle.write('N');
    }
    pickle.write('u');

    assertRefused(new Raw(pickle.toByteArray()), "no weights: ");
  }

  /** Each prefix that is left out must not copy the rest of the name. */
  @Test
  void aNameOfNothingButPrefixes() throws IOException {
    String name = "module._orig_mod.".repeat(500_000);
    Object weight = tensor(storage("torch.FloatStorage", "0", 1), 0, tuple(1), tuple(1));

    assertThat(read(Map.of(name + "w", weight)).tensors()).containsOnlyKeys("w");
  }

  @Test
  void aKeyThatIsNoStringHasNoTensor() {
    Object weight = tensor(storage("torch.FloatStorage", "0", 1), 0, tuple(1), tuple(1));

    assertRefused(
        Map.of("w", weight, 5, weight), "a tensor's name is the integer 5, expected a string");
  }

  /** The instructions that make a value, without the pickle's first and last. */
  private static byte[] instructions(Object value) {
    byte[] pickle = PickleBytes.pickle(value);
    return Arrays.copyOfRange(pickle, 2, pickle.length - 1);
  }

  private void assertRefused(Object root, String message) {
    assertThatThrownBy(() -> read(root))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageContaining(message);
  }

  private Checkpoint read(Object root) throws IOException {
    ZipBytes zip = TorchFiles.zip(root, Map.of("0", Storage.floats(5)));
    return Checkpoint.read(Files.write(folder.resolve("large.pth"), zip.bytes()));
  }
}
