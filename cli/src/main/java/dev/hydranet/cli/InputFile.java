package dev.hydranet.cli;

import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.engine.weights.WeightsFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A safetensors file that holds a network's input. */
final class InputFile {
  /** A checkpoint's hundreds of tensors are too many for one line. */
  private static final int NAMES_SHOWN = 8;

  private InputFile() {}

  /** The input in a file, whatever else is in it. */
  static Tensor input(Path file) throws IOException {
    return input(file, Safetensors.read(file).tensors());
  }

  /** The input among the tensors of a file. */
  static Tensor input(Path file, Map<String, Tensor> tensors) throws WeightsFormatException {
    Tensor input = tensors.get(Model.INPUT);
    if (input == null) {
      String found =
          tensors.keySet().stream()
              .limit(NAMES_SHOWN)
              .map(WeightsFormatException::quote)
              .collect(Collectors.joining(", "));
      int others = tensors.size() - NAMES_SHOWN;
      throw new WeightsFormatException(
          file
              + ": expected a tensor named \""
              + Model.INPUT
              + "\", found "
              + (found.isEmpty() ? "none" : found)
              + (others > 0 ? " and " + others + " more" : ""));
    }
    return input;
  }
}
