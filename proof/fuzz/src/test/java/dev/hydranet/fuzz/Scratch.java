package dev.hydranet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with one input in it, and what every reader of it is held to: it ends within seconds, in
 * the small heap of these tests, and leaves the folder as it was.
 */
public final class Scratch {
  /** Of the processor, so that other work on the machine does not count. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Path FOLDER = folder();
  private static final Path INPUT = FOLDER.resolve("input");

  private Scratch() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file. */
  @FunctionalInterface
  public interface Reader {
    /** Reads it, and throws only what is documented. */
    void read(Path file) throws IOException;
  }

  /** A file in the folder that nothing has written yet; the reader is to remove it. */
  public static Path file(String name) {
    return FOLDER.resolve(name);
  }

  /** Has an input read, and removed. */
  public static void read(byte[] input, Reader reader) throws IOException {
    Files.write(INPUT, input);
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      reader.read(INPUT);
    } finally {
      assertThat(THREADS.getCurrentThreadCpuTime() - start).isLessThan(PATIENCE_NANOS);
      assertThat(list()).containsExactly("input");
      Files.delete(INPUT);
    }
  }

  /** Checks an error message: one line that begins with the file's name. */
  public static void assertOneLine(Path file, Throwable failure) {
    assertThat(failure.getMessage())
        .startsWith(file + ": ")
        .hasSizeLessThan(500_000)
        .matches("[^\\p{Cc}\\u2028\\u2029]*");
  }

  private static List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
