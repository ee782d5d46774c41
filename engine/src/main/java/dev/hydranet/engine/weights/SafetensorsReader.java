package dev.hydranet.engine.weights;

import dev.hydranet.engine.DamagedFileException;
import dev.hydranet.engine.FileTooLargeException;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.file.FileKind;
import dev.hydranet.engine.file.WeightsFile;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads safetensors from first byte to last. Of a stream, whose length nothing vouches for, no more
 * is allocated than twice what has come.
 */
final class SafetensorsReader {
  /** The header's length, a 64-bit integer, comes first. */
  static final int LENGTH_BYTES = 8;

  /** The format's own limit. */
  static final long LONGEST_HEADER = 100_000_000;

  /** A multiple of every element's size. */
  private static final int CHUNK = 1 << 18;

  private final String name;
  private final ByteInput input;

  /** The first bytes, which are looked at twice. */
  private ByteBuffer head;

  /** Bytes of data read so far. */
  private long dataRead;

  private SafetensorsReader(String name, ByteInput input) {
    this.name = name;
    this.input = input;
  }

  static Safetensors read(Path file) throws IOException {
    // Other file systems, such as that of a zip, give channels by copying to a temporary file.
    if (file.getFileSystem() != FileSystems.getDefault()) {
      try (InputStream in = Files.newInputStream(file)) {
        return read(file.toString(), ByteInput.of(in));
      }
    }
    try (WeightsFile content = WeightsFile.open(file, "a safetensors file")) {
      return read(file.toString(), ByteInput.of(content));
    }
  }

  static Safetensors read(String name, ByteInput input) throws IOException {
    return new SafetensorsReader(name, input).read();
  }

  private Safetensors read() throws IOException {
    long size = readHead();
    byte[] header = bytes(headerLength(size), size);
    SafetensorsHeader parsed = SafetensorsHeader.parse(name, header);
    long dataBytes = size == ByteInput.UNKNOWN ? size : size - LENGTH_BYTES - (long) header.length;
    List<StoredTensor> stored = parsed.inFileOrder(name, dataBytes);
    long needed =
        Float.BYTES * stored.stream().mapToLong(tensor -> tensor.shape().elementCount()).sum();
    FileTooLargeException.check(name, needed);
    Map<String, Tensor> read = new HashMap<>();
    try {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (StoredTensor tensor : stored) {
        read.put(tensor.name(), tensor(tensor, size != ByteInput.UNKNOWN, chunk));
      }
    } catch (OutOfMemoryError e) {
      throw FileTooLargeException.of(name, needed, e);
    }
    if (size == ByteInput.UNKNOWN && input.read(ByteBuffer.allocate(1)) > 0) {
      throw new DamagedFileException(name + ": expected its end after the last tensor, found more");
    }
    input.checkUnchanged();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parsed.tensors().forEach(tensor -> tensors.put(tensor.name(), read.get(tensor.name())));
    return new Safetensors(tensors, parsed.metadata());
  }

  /** Reads the first bytes, and returns the size, which is known where these are all. */
  private long readHead() throws IOException {
    head = ByteBuffer.allocate(FileKind.HEAD).order(ByteOrder.LITTLE_ENDIAN);
    boolean ended = false;
    while (head.hasRemaining() && !ended) {
      ended = input.read(head) < 0;
    }
    head.flip();
    return input.size() == ByteInput.UNKNOWN && ended ? head.limit() : input.size();
  }

  /** The length of the header, after checking that the file can have one. */
  private int headerLength(long size) throws WeightsFormatException {
    byte[] start = Arrays.copyOf(head.array(), head.limit());
    if (start.length > LENGTH_BYTES) {
      long length = head.getLong();
      boolean fits = length > 0 && length <= size - LENGTH_BYTES;
      if (fits && length <= LONGEST_HEADER && start[LENGTH_BYTES] == '{') {
        return (int) length;
      }
      if (FileKind.of(start) == FileKind.UNKNOWN) {
        throw wrongHeader(length, fits, size);
      }
    }
    FileKind kind = FileKind.of(start);
    String expected = name + ": expected a safetensors file, found ";
    throw switch (kind) {
      case EMPTY -> new DamagedFileException(expected + kind.description());
      case UNKNOWN -> new DamagedFileException(expected + size + " bytes");
      case ZIP, PICKLE, TAR ->
          new UnsupportedFileException(
              expected
                  + kind.description()
                  + "; if it is a PyTorch checkpoint, `hydranet convert` makes a safetensors file of it");
      case ONNX ->
          new UnsupportedFileException(
              expected
                  + kind.description()
                  + "; `hydranet convert` makes a safetensors file of it");
      default -> new UnsupportedFileException(expected + kind.description());
    };
  }

  private WeightsFormatException wrongHeader(long length, boolean fits, long size) {
    if (fits && length <= LONGEST_HEADER) {
      return new UnsupportedFileException(
          name + ": expected a safetensors file, whose header begins with '{'");
    }
    String found =
        name
            + ": expected a safetensors file, found a header length of "
            + Long.toUnsignedString(length);
    if (fits || size == ByteInput.UNKNOWN) {
      return new FileTooLargeException(found + ", above the limit of " + LONGEST_HEADER);
    }
    return new DamagedFileException(found + " in a file of " + size + " bytes");
  }

  /** Reads bytes into an array that grows as they come, unless the size vouches for them. */
  private byte[] bytes(int count, long size) throws IOException {
    byte[] bytes = new byte[size == ByteInput.UNKNOWN ? Math.min(count, CHUNK) : count];
    for (int filled = 0; ; bytes = Arrays.copyOf(bytes, grown(bytes.length, count))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes, filled, bytes.length - filled);
      if (!fill(rest)) {
        throw ended("the header has " + count + " bytes, but there are " + rest.position());
      }
      filled = bytes.length;
      if (filled == count) {
        return bytes;
      }
    }
  }

  /**
   * Reads one tensor.
   *
   * @param vouched whether its bytes are known to be there
   */
  private Tensor tensor(StoredTensor tensor, boolean vouched, ByteBuffer chunk) throws IOException {
    int count = (int) tensor.shape().elementCount();
    float[] data = new float[vouched ? count : Math.min(count, CHUNK)];
    FloatBuffer numbers = FloatBuffer.wrap(data);
    for (long at = tensor.begin(); at < tensor.end(); at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(CHUNK, tensor.end() - at));
      if (!fill(chunk)) {
        throw ended(
            String.format(
                Locale.ROOT,
                "tensor %s ends at byte %d of the data, but there are %d",
                WeightsFormatException.quote(tensor.name()),
                tensor.end(),
                dataRead + chunk.position()));
      }
      dataRead += chunk.limit();
      if (numbers.remaining() < chunk.limit() / tensor.type().bytes()) {
        data = Arrays.copyOf(data, grown(data.length, count));
        numbers = FloatBuffer.wrap(data).position(numbers.position());
      }
      tensor.type().decode(chunk.flip(), numbers);
    }
    return Tensor.of(tensor.shape(), data);
  }

  private static int grown(int length, int count) {
    return (int) Math.min(2L * length, count);
  }

  /** Fills a buffer; false if the input ends before that. */
  private boolean fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (head.hasRemaining()) {
        int count = Math.min(buffer.remaining(), head.remaining());
        buffer.put(head.slice(head.position(), count));
        head.position(head.position() + count);
      } else if (input.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  /** An end that nothing announced: that of a stream, or of a file that was longer before. */
  private DamagedFileException ended(String found) {
    return new DamagedFileException(
        input.size() == ByteInput.UNKNOWN
            ? name + ": " + found + ": it is cut off"
            : name + ": changed while it was being read");
  }
}
