package dev.hydranet.engine.weights;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.file.AtomicFile;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes safetensors files. */
final class SafetensorsWriter {
  /** The data begin at a multiple of this, so that they can be mapped as numbers. */
  private static final int ALIGNMENT = 8;

  /** Elements converted at a time. */
  private static final int CHUNK = 1 << 16;

  private SafetensorsWriter() {}

  static void write(
      Path file, Map<String, Tensor> tensors, Map<String, String> metadata, DType dtype)
      throws IOException {
    SortedMap<String, Tensor> sorted = new TreeMap<>(tensors);
    StoredType type =
        switch (dtype) {
          case F32 -> StoredType.F32;
          case F16 -> StoredType.F16;
        };
    List<StoredTensor> layout = new ArrayList<>();
    sorted.forEach((name, tensor) -> place(layout, name, type, tensor.shape()));
    byte[] header = header(layout, metadata);
    AtomicFile.write(
        file,
        channel -> {
          writeHeader(channel, header);
          ByteBuffer chunk =
              ByteBuffer.allocate(CHUNK * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
          for (Map.Entry<String, Tensor> entry : sorted.entrySet()) {
            write(channel, chunk, entry.getKey(), entry.getValue().data(), dtype);
          }
        });
  }

  static void write(
      Path file, Map<String, ? extends RawTensor> tensors, Map<String, String> metadata)
      throws IOException {
    // The widest first, as the format's own writer sorts them: so each lies aligned.
    List<Map.Entry<String, ? extends RawTensor>> sorted = new ArrayList<>(tensors.entrySet());
    sorted.sort(
        Comparator.comparing((Map.Entry<String, ? extends RawTensor> e) -> -width(e.getValue()))
            .thenComparing(Map.Entry::getKey));
    List<StoredTensor> layout = new ArrayList<>();
    for (Map.Entry<String, ? extends RawTensor> entry : sorted) {
      place(layout, entry.getKey(), entry.getValue().type(), entry.getValue().shape());
    }
    byte[] header = header(layout, metadata);
    AtomicFile.write(
        file,
        channel -> {
          writeHeader(channel, header);
          ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (Map.Entry<String, ? extends RawTensor> entry : sorted) {
            write(channel, chunk, entry.getValue());
          }
        });
  }

  private static int width(RawTensor tensor) {
    return tensor.type().bytes();
  }

  private static void place(List<StoredTensor> layout, String name, StoredType type, Shape shape) {
    long begin = layout.isEmpty() ? 0 : layout.getLast().end();
    long end = begin + shape.elementCount() * type.bytes();
    layout.add(new StoredTensor(name, type, shape, begin, end));
  }

  private static void writeHeader(FileChannel channel, byte[] header) throws IOException {
    ByteBuffer start =
        ByteBuffer.allocate(SafetensorsReader.LENGTH_BYTES + header.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .flip();
    writeFully(channel, start);
  }

  private static byte[] header(List<StoredTensor> tensors, Map<String, String> unsorted) {
    SortedMap<String, String> metadata = new TreeMap<>(unsorted);
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      appendString(json, SafetensorsHeader.METADATA);
      json.append(":{");
      for (Iterator<Map.Entry<String, String>> i = metadata.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<String, String> entry = i.next();
        appendString(json, entry.getKey());
        json.append(':');
        appendString(json, entry.getValue());
        json.append(i.hasNext() ? "," : "}");
      }
    }
    for (StoredTensor tensor : tensors) {
      if (tensor.name().equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException("a tensor must not be named " + tensor.name());
      }
      json.append(json.length() == 1 ? "" : ",");
      appendString(json, tensor.name());
      json.append(":{\"dtype\":\"")
          .append(tensor.type())
          .append("\",\"shape\":")
          .append(tensor.shape().toString().replace(" ", ""))
          .append(",\"data_offsets\":[")
          .append(tensor.begin())
          .append(',')
          .append(tensor.end())
          .append("]}");
    }
    json.append('}');
    byte[] unpadded = json.toString().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-(SafetensorsReader.LENGTH_BYTES + unpadded.length), ALIGNMENT);
    byte[] header = json.append(" ".repeat(padding)).toString().getBytes(StandardCharsets.UTF_8);
    if (header.length > SafetensorsReader.LONGEST_HEADER) {
      throw new IllegalArgumentException(
          "the header would take "
              + header.length
              + " bytes, the format's limit is "
              + SafetensorsReader.LONGEST_HEADER);
    }
    return header;
  }

  private static void appendString(StringBuilder json, String string) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
      throw new IllegalArgumentException(
          "not valid Unicode: " + WeightsFormatException.quote(string));
    }
    json.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private static void write(
      FileChannel channel, ByteBuffer chunk, String name, float[] data, DType dtype)
      throws IOException {
    for (int from = 0; from < data.length; from += CHUNK) {
      int count = Math.min(CHUNK, data.length - from);
      chunk.clear();
      switch (dtype) {
        case F32 -> {
          chunk.asFloatBuffer().put(data, from, count);
          chunk.position(count * Float.BYTES);
        }
        case F16 -> {
          for (int i = from; i < from + count; i++) {
            chunk.putShort(half(name, data[i]));
          }
        }
      }
      writeFully(channel, chunk.flip());
    }
  }

  private static void write(FileChannel channel, ByteBuffer chunk, RawTensor tensor)
      throws IOException {
    long count = tensor.shape().elementCount();
    for (long from = 0; from < count; from += CHUNK) {
      chunk.clear().limit((int) Math.min(CHUNK, count - from) * width(tensor));
      tensor.read(from, chunk);
      writeFully(channel, chunk.flip());
    }
  }

  private static short half(String name, float number) {
    short half = Float.floatToFloat16(number);
    if (Float.isFinite(number) && Float.isInfinite(Float.float16ToFloat(half))) {
      throw new IllegalArgumentException(
          "tensor "
              + WeightsFormatException.quote(name)
              + " holds "
              + number
              + ", float16 ends at 65504: store it as float32");
    }
    return half;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
