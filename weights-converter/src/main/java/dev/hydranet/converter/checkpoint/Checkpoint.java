package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.file.WeightsFile;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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
 * @param skipped the names in the {@code state_dict} of what are no tensors
 * @param sha256 of the whole file, in hexadecimal
 */
public record Checkpoint(
    Map<String, Tensor> tensors,
    Map<String, String> metadata,
    List<String> skipped,
    String sha256) {
  private static final long HASH_CHUNK = 1 << 20;

  /** Far above any network here; a few bytes of a pickle name the same tensor once more. */
  private static final int MOST_TENSORS = 1 << 16;

  /** Copies the maps and the list; the tensors share their arrays. */
  public Checkpoint {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Map.copyOf(metadata);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads what {@code torch.save} wrote, or a safetensors file.
   *
   * <p>Of PyTorch's files: the format before 1.6 (also as Python 2 wrote it) and the zip archives
   * since, pickle protocols 1 to 5. The weights are the dict of tensors at the top, or under {@code
   * state_dict}, {@code model} or another usual key. Everything else a training script may have
   * saved beside them is read as data and dropped. The pickle can name what is on a list of types
   * that weights need, and nothing else; nothing in it is ever executed.
   *
   * <p>Memory is bounded by four times the file's size and 32 MiB, whatever the file claims, beside
   * the small objects of a pickle, whose instructions are limited in number.
   *
   * @param file any
   * @return the tensors, as float32
   * @throws WeightsFormatException if it is neither, or is cut off, malformed, or refers to what is
   *     not data; the message is one line that starts with the file's name
   */
  public static Checkpoint read(Path file) throws IOException {
    try (WeightsFile content = WeightsFile.open(file, "a checkpoint");
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes =
          content.channel().map(FileChannel.MapMode.READ_ONLY, 0, content.size(), arena);
      Checkpoint checkpoint;
      try {
        checkpoint = read(file, bytes);
      } catch (InternalError e) {
        // So Java says that a mapped page is gone: the file has become shorter.
        throw content.changed(e);
      }
      content.checkUnchanged();
      return checkpoint;
    }
  }

  private static Checkpoint read(Path file, MemorySegment bytes) throws IOException {
    try {
      FileFormat format = FileFormat.of(bytes);
      return switch (format) {
        case LEGACY, ZIP -> readPyTorch(bytes, format);
        case SAFETENSORS -> readSafetensors(file, bytes);
      };
    } catch (WeightsFormatException e) {
      throw named(file, e);
    }
  }

  private static Checkpoint readSafetensors(Path file, MemorySegment bytes) throws IOException {
    Safetensors content = Safetensors.read(file);
    return new Checkpoint(
        ParameterNames.unwrapped(content.tensors()), content.metadata(), List.of(), sha256(bytes));
  }

  private static Checkpoint readPyTorch(MemorySegment bytes, FileFormat format)
      throws WeightsFormatException {
    MemoryBudget budget = new MemoryBudget(bytes.byteSize());
    Container container =
        format == FileFormat.ZIP ? ZipContainer.read(bytes, budget) : LegacyContainer.read(bytes);
    PyDict stateDict = StateDictFinder.find(container.root());
    TensorGatherer gatherer = new TensorGatherer(container, budget);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> skipped = new ArrayList<>();
    for (Map.Entry<String, Object> entry : stateDict.named().entrySet()) {
      String name = entry.getKey();
      if (tensors.size() == MOST_TENSORS) {
        throw new WeightsFormatException(
            "the state_dict has more than " + MOST_TENSORS + " tensors");
      }
      switch (entry.getValue()) {
        case TensorView view -> tensors.put(name, gatherer.gather(name, view));
        case UnreadTensor other ->
            throw new WeightsFormatException(
                "tensor "
                    + Printable.quoted(name)
                    + " is "
                    + other.kind()
                    + ", expected a dense one");
        default -> skipped.add(name);
      }
    }
    for (PyDict.Item other : stateDict.others()) {
      if (other.value() instanceof TensorView) {
        throw new WeightsFormatException(
            "a tensor's name is " + Unpickler.describe(other.key()) + ", expected a string");
      }
      skipped.add(Unpickler.describe(other.key()));
    }
    return new Checkpoint(ParameterNames.unwrapped(tensors), Map.of(), skipped, sha256(bytes));
  }

  /** The same exception with the file in its message, unless that names it already. */
  private static WeightsFormatException named(Path file, WeightsFormatException e) {
    String prefix = file + ": ";
    return e.getMessage().startsWith(prefix)
        ? e
        : new WeightsFormatException(prefix + e.getMessage(), e);
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
