package dev.hydranet.engine.weights;

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
import java.util.UUID;

/**
 * Writes a file whole or not at all: into a temporary sibling, which takes the file's name when it
 * is complete and is removed when it cannot be completed.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it from the channel's position, 0, on. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, replacing one of that name.
   *
   * @throws NoSuchFileException if there is no such folder to put it into
   * @throws FileSystemException if the name is a folder's, or the folder is none
   * @throws IOException if the content cannot be written; the message names the file
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Path temporary = folder.resolve(".hydranet-" + UUID.randomUUID() + ".tmp");
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
              new FileSystemException(file.toString(), null, e.getReason());
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
