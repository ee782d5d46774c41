package dev.hydranet.engine.file;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file of weights, open to be read. What a pipe or a device gives has no end and cannot be read
 * twice, and opening one may wait forever: only regular files are opened.
 */
public final class WeightsFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final BasicFileAttributes opened;

  private WeightsFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.opened = Files.readAttributes(path, BasicFileAttributes.class);
  }

  /**
   * Opens a file.
   *
   * @param path of the file
   * @param expected what it should be, with its article, for the message
   * @return the open file, for the caller to close
   * @throws UnsupportedFileException if it is a directory, a pipe or a device
   * @throws NoSuchFileException if there is none
   */
  public static WeightsFile open(Path path, String expected) throws IOException {
    if (Files.isDirectory(path)) {
      throw new UnsupportedFileException(path + ": expected " + expected + ", found a directory");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new UnsupportedFileException(
          path + ": expected " + expected + ", found a pipe or a device");
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new WeightsFile(path, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** {@return the file's content} */
  public FileChannel channel() {
    return channel;
  }

  /** {@return the bytes of the file when it was opened} */
  public long size() {
    return size;
  }

  /**
   * Makes sure that what was read is one file and not the halves of two. Another file that has
   * taken the name meanwhile does no harm: this one is still there for whoever has it open.
   *
   * @throws DamagedFileException if the file has been written to since it was opened
   */
  public void checkUnchanged() throws IOException {
    if (channel.size() != size || modified()) {
      throw changed(null);
    }
  }

  private boolean modified() throws IOException {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return false;
    }
    return Objects.equals(now.fileKey(), opened.fileKey())
        && !now.lastModifiedTime().equals(opened.lastModifiedTime());
  }

  /**
   * {@return what to throw when the file has changed while it was read}
   *
   * @param cause what noticed it
   */
  public DamagedFileException changed(Throwable cause) {
    return new DamagedFileException(path + ": changed while it was being read", cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
