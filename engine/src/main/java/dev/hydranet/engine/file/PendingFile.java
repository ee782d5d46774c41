package dev.hydranet.engine.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * A file that is being written: a temporary sibling, which takes the file's name when it is
 * complete and is removed when it cannot be completed, also when the JVM is asked to end. Only what
 * ends a process without a word (power, {@code kill -9}) leaves {@code .hydranet-*.tmp} behind,
 * that nobody needs.
 */
public final class PendingFile implements AutoCloseable {
  private final Path file;
  private final Path temporary;
  private final Thread removal;
  private boolean complete;

  private PendingFile(Path file, Path temporary) {
    this.file = file;
    this.temporary = temporary;
    this.removal = new Thread(() -> temporary.toFile().delete());
  }

  /**
   * {@return a file to be written, which replaces one of that name; nothing is created yet}
   *
   * @param file the file to write
   * @throws NoSuchFileException if there is no such folder to put it into
   * @throws FileSystemException if the name is that of a folder, a symbolic link, a pipe or a
   *     device, none of which a file should replace, or its parent is not a folder
   * @throws IOException if that cannot be found out
   */
  public static PendingFile at(Path file) throws IOException {
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
    PendingFile pending =
        new PendingFile(file, folder.resolve(".hydranet-" + UUID.randomUUID() + ".tmp"));
    try {
      Runtime.getRuntime().addShutdownHook(pending.removal);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and whoever writes now does so in a hook of his own.
    }
    return pending;
  }

  /** {@return the file to write into} */
  public Path temporary() {
    return temporary;
  }

  /**
   * Gives what was written the file's name.
   *
   * @throws IOException if that fails, or nothing was written
   */
  public void complete() throws IOException {
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
    complete = true;
  }

  /**
   * {@return the same failure, told of the file instead of the temporary one}
   *
   * @param failure in writing or completing
   */
  public IOException naming(IOException failure) {
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

  /**
   * Removes the temporary file unless it was completed.
   *
   * @throws IOException if it cannot be removed
   */
  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, and finds nothing if the file is complete.
    }
    if (!complete) {
      Files.deleteIfExists(temporary);
    }
  }
}
