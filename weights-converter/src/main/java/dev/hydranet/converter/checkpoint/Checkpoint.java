package dev.hydranet.converter.checkpoint;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in a checkpoint file. Immutable.
 *
 * @param tensors by their names in the {@code state_dict}, without the prefixes of wrappers such as
 *     {@code DataParallel}, in the file's order; numbers of any type as float32
 * @param metadata what a safetensors file says about itself; nothing for PyTorch's
 * @param skipped what else is in the {@code state_dict}: names, and what stands there in words
 * @param notes what a reader may not expect of where the weights were, each a short phrase
 * @param sha256 of the whole file, in hexadecimal
 */
public record Checkpoint(
    Map<String, Tensor> tensors,
    Map<String, String> metadata,
    Map<String, String> skipped,
    List<String> notes,
    String sha256) {
  private static final long HASH_CHUNK = 1 << 20;

  /** Copies the maps and the list; the tensors share their arrays. */
  public Checkpoint {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Map.copyOf(metadata);
    skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    notes = List.copyOf(notes);
  }

  /**
   * Reads what {@code torch.save} wrote, or a safetensors file, with the dict that looks most like
   * weights.
   *
   * @param file any
   * @return the tensors, as float32
   * @throws WeightsFormatException as {@link #read(Path, StateDictChoice)} does
   */
  public static Checkpoint read(Path file) throws IOException {
    return read(file, StateDictChoice.ANY);
  }

  /**
   * Reads what {@code torch.save} wrote, or a safetensors file.
   *
   * <p>Of PyTorch's files: the format before 1.6 (also as Python 2 wrote it) and the zip archives
   * since, pickle protocols 1 to 5. The weights are the only dict of tensors under whatever key, or
   * of several the one that is chosen, or the one at {@code state_dict}, {@code model} or another
   * usual key. Everything else that a training script saved is read as data and dropped, whatever
   * its class; nothing in a pickle is ever executed.
   *
   * <p>Memory is bounded by four times the file's size and 32 MiB, whatever the file claims, beside
   * the small objects of a pickle, whose instructions are limited in number.
   *
   * @param file any
   * @param choice which dict of tensors are the weights, if there are several
   * @return the tensors, as float32
   * @throws WeightsFormatException if it is neither, or is cut off or malformed, or there are no
   *     weights, several, or objects of unknown classes among them; the message is one line that
   *     starts with the file's name
   */
  public static Checkpoint read(Path file, StateDictChoice choice) throws IOException {
    return CheckpointFile.read(
        file,
        content ->
            switch (content.format()) {
              case LEGACY, ZIP -> readPyTorch(content, choice);
              case SAFETENSORS -> readSafetensors(file, content.bytes());
            });
  }

  private static Checkpoint readSafetensors(Path file, MemorySegment bytes) throws IOException {
    Safetensors content = Safetensors.read(file);
    return new Checkpoint(
        ParameterNames.unwrapped(content.tensors()),
        content.metadata(),
        Map.of(),
        List.of(),
        sha256(bytes));
  }

  private static Checkpoint readPyTorch(CheckpointFile file, StateDictChoice choice)
      throws WeightsFormatException {
    CheckpointFile.Weights weights = file.weights(choice);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorView> entry : weights.dict().tensors().entrySet()) {
      String name = entry.getKey();
      tensors.put(name, weights.tensors().gather(name, entry.getValue()));
    }
    return new Checkpoint(
        ParameterNames.unwrapped(tensors),
        Map.of(),
        weights.dict().skipped(),
        weights.notes(),
        sha256(file.bytes()));
  }

  private static String sha256(MemorySegment bytes) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    for (long start = 0; start < bytes.byteSize(); start += HASH_CHUNK) {
      long length = Math.min(HASH_CHUNK, bytes.byteSize() - start);
      digest.update(bytes.asSlice(start, length).asByteBuffer());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
