package dev.hydranet.converter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.file.WeightsFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody writes to, or cuts short, while they are read. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows does not shorten a mapped file")
class ChangedFileTest {
  private static final int LARGE = 1 << 20;

  @TempDir Path folder;

  /** Java reports pages that are gone; native code, given their address, would end the JVM. */
  @Test
  void pagesThatAreGoneAreAnErrorWhoeverReadsThem() throws IOException {
    ZipBytes zip = new ZipBytes();
    ZipBytes.Entry stored = zip.store("stored", new byte[LARGE]);
    byte[] noise = new byte[LARGE];
    new SplittableRandom(1).nextBytes(noise);
    ZipBytes.Entry deflated = zip.deflate("deflated", noise);
    Path file = Files.write(folder.resolve("cut.zip"), zip.bytes());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      Map<String, ZipEntry> entries = ZipDirectory.read(bytes);
      shorten(file);

      for (String name : new String[] {stored.name, deflated.name}) {
        assertThatThrownBy(
                () -> ZipContent.read(bytes, entries.get(name), new MemoryBudget(bytes.byteSize())))
            .as(name)
            .isInstanceOf(InternalError.class);
      }
    }
  }

  @Test
  void aFileThatIsWrittenToIsNotTheOneThatWasOpened() throws IOException {
    Path file = Files.write(folder.resolve("weights"), new byte[LARGE]);
    try (WeightsFile open = WeightsFile.open(file, "weights")) {
      open.checkUnchanged();
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));

      assertThatThrownBy(open::checkUnchanged)
          .isInstanceOf(WeightsFormatException.class)
          .hasMessage(file + ": changed while it was being read");
    }
    try (WeightsFile open = WeightsFile.open(file, "weights")) {
      shorten(file);

      assertThatThrownBy(open::checkUnchanged).isInstanceOf(WeightsFormatException.class);
    }
  }

  @Test
  void anotherFileOfTheSameNameDoesNoHarm() throws IOException {
    Path file = Files.write(folder.resolve("weights"), new byte[LARGE]);
    Path next = Files.write(folder.resolve("next"), new byte[1]);
    try (WeightsFile open = WeightsFile.open(file, "weights")) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      open.checkUnchanged();
      assertThat(open.channel().size()).isEqualTo(LARGE);
      Files.delete(file);
      open.checkUnchanged();
    }
  }

  private static void shorten(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    }
  }
}
