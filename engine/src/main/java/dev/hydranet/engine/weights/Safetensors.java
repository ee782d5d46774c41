package dev.hydranet.engine.weights;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a safetensors file: tensors by name, and what the file says about itself.
 *
 * @param tensors in the order of the header; unmodifiable
 * @param metadata in the order of the header, empty where there is none; unmodifiable
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** Copies both maps; the tensors share their arrays. */
  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a file, strictly: the tensors must cover its data without a hole or an overlap, and
   * nothing is allocated on the word of a number that the file's own length does not bear out.
   *
   * <p>Tensors may be of any order, alignment and type of number (floating point of 8 to 64 bits,
   * integers, booleans); all become float32.
   *
   * <p>An interrupted thread gets a {@link java.nio.channels.ClosedByInterruptException}.
   *
   * @param file on any file system, such as that of a zip; nothing is copied to a temporary file
   * @return its tensors as float32, and its metadata
   * @throws WeightsFormatException if it is not such a file; the message says in one line what was
   *     expected and what was found
   */
  public static Safetensors read(Path file) throws IOException {
    return SafetensorsReader.read(file);
  }

  /**
   * Reads a stream to its end, as strictly as {@link #read(Path)}. Its length is not known before
   * its end: no more is allocated than twice what has come.
   *
   * @param in at the first byte of a safetensors file; not closed. Its own exceptions pass through
   * @param name what messages call it
   * @return its tensors as float32, and its metadata
   * @throws WeightsFormatException if it is not such a file, or goes on behind it
   * @throws IOException as the stream throws it
   */
  public static Safetensors read(InputStream in, String name) throws IOException {
    return SafetensorsReader.read(name, ByteInput.of(in));
  }

  /**
   * Reads a file in memory, as strictly as {@link #read(Path)}.
   *
   * @param bytes all of a safetensors file; not kept
   * @return its tensors as float32, and its metadata
   * @throws WeightsFormatException if it is not such a file
   */
  public static Safetensors read(byte[] bytes) throws IOException {
    return read(ByteBuffer.wrap(bytes));
  }

  /**
   * Reads a file in memory, as strictly as {@link #read(Path)}.
   *
   * @param bytes a safetensors file from the position to the limit, neither of which changes; of
   *     any kind, such as a mapped file; not kept
   * @return its tensors as float32, and its metadata
   * @throws WeightsFormatException if it is not such a file
   */
  public static Safetensors read(ByteBuffer bytes) throws IOException {
    return SafetensorsReader.read("bytes", ByteInput.of(bytes));
  }

  /**
   * Writes a file, whole or not at all. The same tensors and metadata give the same bytes: both are
   * sorted by name.
   *
   * @param file the file to write
   * @param tensors by name
   * @param metadata strings by key, which may be empty
   * @param dtype how all numbers are stored; float16 is rounded to nearest even
   * @throws IllegalArgumentException if a name or a metadata string is not valid Unicode, a tensor
   *     is named {@code __metadata__}, the header would be longer than 100 MB, or a finite number
   *     is too large for {@code dtype}
   * @throws IOException if the file cannot be written
   */
  public static void write(
      Path file, Map<String, Tensor> tensors, Map<String, String> metadata, DType dtype)
      throws IOException {
    SafetensorsWriter.write(file, tensors, metadata, dtype);
  }

  /**
   * Writes a file of tensors in the types that they have, whole or not at all. The same tensors and
   * metadata give the same bytes: the widest types come first, and names are sorted.
   *
   * @param file the file to write
   * @param tensors by name
   * @param metadata strings by key, which may be empty
   * @throws IllegalArgumentException if a name or a metadata string is not valid Unicode, a tensor
   *     is named {@code __metadata__}, or the header would be longer than 100 MB
   * @throws IOException if a tensor cannot be read or the file cannot be written
   */
  public static void write(
      Path file, Map<String, ? extends RawTensor> tensors, Map<String, String> metadata)
      throws IOException {
    SafetensorsWriter.write(file, tensors, metadata);
  }
}
