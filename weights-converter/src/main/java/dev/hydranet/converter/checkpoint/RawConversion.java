package dev.hydranet.converter.checkpoint;

import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.weights.RawTensor;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.engine.weights.StoredType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code state_dict} of any network that was written as safetensors, with the names and the types
 * of numbers that it has. Immutable.
 *
 * @param tensors the type of each tensor, by name
 * @param skipped what else was in the {@code state_dict} and has been left out: names, and what
 *     stands there in words
 * @param notes as in {@link Checkpoint#notes}
 */
public record RawConversion(
    Map<String, StoredType> tensors, Map<String, String> skipped, List<String> notes) {
  /** What other readers of safetensors look for in a file of PyTorch's tensors. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  /** Copies the maps and the list. */
  public RawConversion {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    notes = List.copyOf(notes);
  }

  /**
   * Reads a checkpoint and writes its tensors, whole or not at all. Tensors are copied a part at a
   * time, so that the file may be larger than memory. Tensors that share their numbers are written
   * once for each name.
   *
   * @param checkpoint what {@code torch.save} wrote
   * @param out the file to write
   * @param choice which dict of tensors are the weights, if there are several
   * @return what was written
   * @throws WeightsFormatException if it is no checkpoint of PyTorch's, or holds tensors that
   *     safetensors cannot, and for the reasons of {@link Checkpoint#read(Path, StateDictChoice)}
   * @throws IOException if a file cannot be read or written
   */
  public static RawConversion run(Path checkpoint, Path out, StateDictChoice choice)
      throws IOException {
    return CheckpointFile.read(checkpoint, file -> run(file, out, choice));
  }

  private static RawConversion run(CheckpointFile file, Path out, StateDictChoice choice)
      throws IOException {
    if (file.format() == FileFormat.SAFETENSORS) {
      throw new UnsupportedFileException(
          "expected a PyTorch checkpoint, found safetensors already");
    }
    CheckpointFile.Weights weights = file.weights(choice);
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    Map<String, StoredType> types = new LinkedHashMap<>();
    for (Map.Entry<String, TensorView> entry : weights.dict().tensors().entrySet()) {
      StridedTensor tensor = weights.tensors().stored(entry.getKey(), entry.getValue());
      tensors.put(entry.getKey(), new Guarded(file, tensor));
      types.put(entry.getKey(), tensor.type());
    }
    try {
      Safetensors.write(out, tensors, METADATA);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedFileException(e.getMessage(), e);
    } catch (IOException e) {
      // What is wrong with the checkpoint is no failure to write.
      throw e.getCause() instanceof WeightsFormatException cause ? cause : e;
    }
    return new RawConversion(types, weights.dict().skipped(), weights.notes());
  }

  /** A tensor that is an error once its file has changed, before anything of it has a name. */
  private record Guarded(CheckpointFile file, StridedTensor tensor) implements RawTensor {
    @Override
    public StoredType type() {
      return tensor.type();
    }

    @Override
    public Shape shape() {
      return tensor.shape();
    }

    @Override
    public void read(long index, ByteBuffer to) throws IOException {
      tensor.read(index, to);
      file.checkUnchanged();
    }
  }
}
