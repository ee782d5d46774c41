package dev.hydranet.engine.weights;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
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
   * @param file any
   * @return its tensors as float32, and its metadata
   * @throws WeightsFormatException if it is not such a file; the message says in one line what was
   *     expected and what was found
   */
  public static Safetensors read(Path file) throws IOException {
    return SafetensorsReader.read(file);
  }

  /**
   * Writes a file, whole or not at all. The same tensors and metadata give the same bytes: both are
   * sorted by name.
   *
   * @param file where it is to be
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
}
