package dev.hydranet.engine.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes a file whole or not at all: into a temporary sibling, which takes the file's name when it
 * is complete and is removed when it cannot be completed, also when the JVM is asked to end. Only
 * what ends a process without a word (power, {@code kill -9}) leaves {@code .hydranet-*.tmp}
 * behind, which nobody needs.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it from the channel's position, 0, on.
     *
     * @param channel of the temporary file
     * @throws IOException if that fails; the temporary file is then removed
     */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, replacing one of that name.
   *
   * @param file where it is to be
   * @param content what is to be in it
   * @throws NoSuchFileException if there is no such folder to put it into
   * @throws FileSystemException if the name is that of a folder, a symbolic link, a pipe or a
   *     device, none of which a file should replace, or the folder is none
   * @throws IOException if the content cannot be written; the message names the file
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    if (Files.isSymbolicLink(file)) {
      throw new FileSystemException(file.toString(), null, "is a symbolic link");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "is a pipe or a device");
    }
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Path temporary = folder.resolve(".hydranet-" + UUID.randomUUID() + ".tmp");
    Thread removal = new Thread(() -> temporary.toFile().delete());
    atExit(removal);
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(channel);
        channel.force(true);
      }
      rename(temporary, file);
    } catch (IOException failure) {
      discard(temporary, failure);
      throw naming(file, failure);
    } catch (Throwable failure) {
      discard(temporary, failure);
      throw failure;
    } finally {
      notAtExit(removal);
    }
  }

  private static void atExit(Thread removal) {
    try {
      Runtime.getRuntime().addShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and whoever writes now does so in a hook of his own.
    }
  }

  private static void notAtExit(Thread removal) {
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, and finds nothing if the file is complete.
    }
  }

  private static void discard(Path temporary, Throwable failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** The same failure, told of the file that was asked for instead of the temporary one. */
  private static IOException naming(Path file, IOException failure) {
    IOException named =
        switch (failure) {
          case AccessDeniedException e -> new AccessDeniedException(file.toString());
          case FileSystemException e ->
              new FileSystemException(
                  file.toString(),
                  null,
                  Objects.requireNonNullElse(e.getReason(), "cannot be written"));
          default -> new IOException(file + ": " + failure.getMessage());
        };
    named.initCause(failure);
    return named;
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
