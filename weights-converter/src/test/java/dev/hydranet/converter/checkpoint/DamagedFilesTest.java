package dev.hydranet.converter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hydranet.engine.WeightsFormatException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files cut short anywhere, and with bits turned anywhere. */
@Timeout(60)
class DamagedFilesTest {
  private static final int FLIPS = 1000;

  /** What reading may allocate beside what {@link MemoryBudget} grants: objects of the pickle. */
  private static final long OBJECTS = 4 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types.legacy.pth",
        "views.zip.pth",
        "deflated.zip.pth",
        "protocol1.legacy.pth",
        "protocol5.legacy.pth",
        "python2.legacy.pth",
        "python2_views.legacy.pth"
      })
  void everyBeginningIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(PyTorchFilesTest.FOLDER.resolve(name));
    Path file = folder.resolve("cut.pth");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Checkpoint.read(file))
          .as("%d bytes of %d", length, whole.length)
          .isInstanceOf(WeightsFormatException.class)
          .message()
          .startsWith(file + ": ")
          .doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types.zip.pth",
        "views.legacy.pth",
        "deflated.zip.pth",
        "training.legacy.pth",
        "training.zip.pth",
        "protocol1.legacy.pth",
        "protocol5.legacy.pth",
        "python2_views.legacy.pth",
        "views.safetensors"
      })
  void turnedBitsAreRefusedOrRead(String name) throws IOException {
    byte[] whole = Files.readAllBytes(PyTorchFilesTest.FOLDER.resolve(name));
    Path file = folder.resolve("turned.pth");
    SplittableRandom random = new SplittableRandom(name.hashCode());
    long allowance = 4L * whole.length + (32 << 20) + OBJECTS;
    int refused = 0;
    for (int flip = 0; flip < FLIPS; flip++) {
      byte[] turned = whole.clone();
      for (int count = random.nextInt(3); count >= 0; count--) {
        turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, turned);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        Checkpoint.read(file);
      } catch (WeightsFormatException e) {
        assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
        refused++;
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated in flip %d", flip)
          .isLessThan(allowance);
    }
    assertThat(refused).isGreaterThan(FLIPS / 10);
  }
}
