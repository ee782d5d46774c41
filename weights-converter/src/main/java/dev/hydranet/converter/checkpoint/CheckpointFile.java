package dev.hydranet.converter.checkpoint;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.file.WeightsFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** A checkpoint file, mapped into memory while something is read of it. */
final class CheckpointFile {
  private final WeightsFile content;
  private final MemorySegment bytes;
  private final FileFormat format;

  private CheckpointFile(WeightsFile content, MemorySegment bytes, FileFormat format) {
    this.content = content;
    this.bytes = bytes;
    this.format = format;
  }

  /** What is wanted of a file. */
  @FunctionalInterface
  interface Reading<T> {
    T of(CheckpointFile file) throws IOException;
  }

  /**
   * Opens a file, reads it and closes it.
   *
   * @throws WeightsFormatException if it is no checkpoint, or the reading says so, or it changes
   *     meanwhile; the message begins with the file's name
   */
  static <T> T read(Path path, Reading<T> reading) throws IOException {
    try (WeightsFile content = WeightsFile.open(path, "a checkpoint");
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes =
          content.channel().map(FileChannel.MapMode.READ_ONLY, 0, content.size(), arena);
      T result;
      try {
        result = reading.of(new CheckpointFile(content, bytes, FileFormat.of(bytes)));
      } catch (InternalError e) {
        // So Java says that a mapped page is gone: the file has become shorter.
        throw content.changed(e);
      } catch (WeightsFormatException e) {
        throw named(path, e);
      }
      content.checkUnchanged();
      return result;
    }
  }

  /** The same kind of exception with the file in its message, unless that names it already. */
  private static WeightsFormatException named(Path file, WeightsFormatException e) {
    String prefix = file + ": ";
    String message = prefix + e.getMessage();
    if (e.getMessage().startsWith(prefix)) {
      return e;
    }
    return e instanceof UnsupportedFileException
        ? new UnsupportedFileException(message, e)
        : new DamagedFileException(message, e);
  }

  /** The whole file. */
  MemorySegment bytes() {
    return bytes;
  }

  /** What it is. */
  FileFormat format() {
    return format;
  }

  /**
   * The weights in a file of PyTorch's, before any number has been read.
   *
   * @param tensors gives the numbers
   * @param dict the names
   * @param notes what a reader may not expect of where they were
   */
  record Weights(TensorGatherer tensors, StateDict dict, List<String> notes) {}

  /**
   * Finds the weights in a file of PyTorch's.
   *
   * @throws WeightsFormatException if it is cut off or malformed, or holds no weights or several
   */
  Weights weights(StateDictChoice choice) throws WeightsFormatException {
    MemoryBudget budget = new MemoryBudget(bytes.byteSize());
    Container container =
        format == FileFormat.ZIP ? ZipContainer.read(bytes, budget) : LegacyContainer.read(bytes);
    StateDictFinder.Found found = StateDictFinder.find(container.root(), choice);
    return new Weights(
        new TensorGatherer(container, budget), StateDict.of(found.weights().dict()), found.notes());
  }

  /**
   * Makes sure that what has been read so far is of one file.
   *
   * @throws WeightsFormatException if it has been written to since it was opened
   */
  void checkUnchanged() throws IOException {
    content.checkUnchanged();
  }
}
