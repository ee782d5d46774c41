package dev.hydranet.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesFileOnlyWhenComplete() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    AtomicFile.write(
        file,
        channel -> {
          channel.write(ByteBuffer.wrap("new".getBytes()));
          assertThat(file).hasContent("old");
        });
    assertThat(file).hasContent("new");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void leavesNothingOnFailure() throws IOException {
    Path file = folder.resolve("f");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap("half".getBytes()));
                      throw new IOException("disk full");
                    }))
        .hasMessage(file + ": disk full");
    assertThat(files()).isEmpty();
  }

  @Test
  void namesMissingFolderAndDirectoryInTheWay() throws IOException {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/f"), channel -> {}))
        .isExactlyInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("no").toString());
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> AtomicFile.write(file.resolve("f"), channel -> {}))
        .isExactlyInstanceOf(NotDirectoryException.class)
        .hasMessage(file.toString());
    assertThatThrownBy(() -> AtomicFile.write(folder, channel -> {}))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(folder + ": is a directory");
  }

  /** Root may replace {@code /dev/null}, and what a link leads to is not what was named. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void replacesNeitherLinksNorDevices() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThatThrownBy(() -> AtomicFile.write(link, channel -> {}))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(link + ": is a symbolic link");
    assertThat(target).hasContent("old");
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/dev/null"), channel -> {}))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/dev/null: is a pipe or a device");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void failureOfTheFileSystemIsToldOfTheFileAskedFor() throws IOException {
    Path file = folder.resolve("f");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      throw new FileSystemException(".tmp", null, "quota exceeded");
                    }))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(file + ": quota exceeded");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      throw new AccessDeniedException(".tmp");
                    }))
        .isExactlyInstanceOf(AccessDeniedException.class)
        .hasMessage(file.toString());
    assertThat(files()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
