package dev.hydranet.engine.weights;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.file.FileKind;
import dev.hydranet.engine.file.WeightsFile;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads safetensors files. */
final class SafetensorsReader {
  /** The header's length, a 64-bit integer, comes first. */
  static final int LENGTH_BYTES = 8;

  /** The format's own limit. */
  static final long LONGEST_HEADER = 100_000_000;

  /** A multiple of every element's size. */
  private static final int CHUNK = 1 << 18;

  private final Path file;
  private final WeightsFile content;

  private SafetensorsReader(Path file, WeightsFile content) {
    this.file = file;
    this.content = content;
  }

  static Safetensors read(Path file) throws IOException {
    try (WeightsFile content = WeightsFile.open(file, "a safetensors file")) {
      return new SafetensorsReader(file, content).read();
    }
  }

  private Safetensors read() throws IOException {
    long size = content.size();
    byte[] header = new byte[headerLength(size)];
    fill(ByteBuffer.wrap(header), LENGTH_BYTES);
    SafetensorsHeader parsed = SafetensorsHeader.parse(file, header);

    long data = LENGTH_BYTES + (long) header.length;
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Tensor> read = new HashMap<>();
    for (StoredTensor tensor : parsed.inFileOrder(file, size - data)) {
      read.put(tensor.name(), tensor(tensor, data, chunk));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    content.checkUnchanged();
    parsed.tensors().forEach(tensor -> tensors.put(tensor.name(), read.get(tensor.name())));
    return new Safetensors(tensors, parsed.metadata());
  }

  /** The length of the header, after checking that the file can have one. */
  private int headerLength(long size) throws IOException {
    byte[] head = new byte[(int) Math.min(FileKind.HEAD, size)];
    fill(ByteBuffer.wrap(head), 0);
    if (head.length > LENGTH_BYTES) {
      long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
      boolean fits = length > 0 && length <= size - LENGTH_BYTES;
      if (fits && length <= LONGEST_HEADER && head[LENGTH_BYTES] == '{') {
        return (int) length;
      }
      if (FileKind.of(head) == FileKind.UNKNOWN) {
        throw new WeightsFormatException(wrongHeader(length, fits, size));
      }
    }
    FileKind kind = FileKind.of(head);
    throw new WeightsFormatException(
        file
            + ": expected a safetensors file, found "
            + switch (kind) {
              case ZIP, PICKLE, TAR ->
                  kind.description()
                      + "; if it is a PyTorch checkpoint, `hydranet convert` makes a safetensors file of it";
              case UNKNOWN -> size + " bytes";
              default -> kind.description();
            });
  }

  private String wrongHeader(long length, boolean fits, long size) {
    if (fits && length <= LONGEST_HEADER) {
      return file + ": expected a safetensors file, whose header begins with '{'";
    }
    return file
        + ": expected a safetensors file, found a header length of "
        + Long.toUnsignedString(length)
        + (fits ? ", above the limit of " + LONGEST_HEADER : " in a file of " + size + " bytes");
  }

  /** One tensor, whose bytes are known to lie in the file. */
  private Tensor tensor(StoredTensor tensor, long data, ByteBuffer chunk) throws IOException {
    Tensor result = Tensor.zeros(tensor.shape());
    FloatBuffer numbers = FloatBuffer.wrap(result.data());
    for (long at = tensor.begin(); at < tensor.end(); at += CHUNK) {
      chunk.clear().limit((int) Math.min(CHUNK, tensor.end() - at));
      fill(chunk, data + at);
      tensor.type().decode(chunk.flip(), numbers);
    }
    return result;
  }

  /** Fills the buffer from a place in the file. */
  private void fill(ByteBuffer buffer, long from) throws IOException {
    long at = from;
    while (buffer.hasRemaining()) {
      int count = content.channel().read(buffer, at);
      if (count < 0) {
        throw content.changed(null);
      }
      at += count;
    }
  }
}
