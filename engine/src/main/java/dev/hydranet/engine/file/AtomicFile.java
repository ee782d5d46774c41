package dev.hydranet.engine.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all, as a {@link PendingFile}. */
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
   * @param file the file to write
   * @param content its content
   * @throws NoSuchFileException if there is no such folder to put it into
   * @throws FileSystemException if the name is that of a folder, a symbolic link, a pipe or a
   *     device, none of which a file should replace, or its parent is not a folder
   * @throws IOException if the content cannot be written; the message names the file
   */
  public static void write(Path file, Content content) throws IOException {
    PendingFile pending = PendingFile.at(file);
    try (pending) {
      try (FileChannel channel =
          FileChannel.open(
              pending.temporary(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(channel);
        channel.force(true);
      }
      pending.complete();
    } catch (IOException failure) {
      throw pending.naming(failure);
    }
  }
}
