package dev.hydranet.cli.network;

import dev.hydranet.cli.console.FirstFew;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A safetensors file that holds a network's input. */
public final class InputFile {
  private InputFile() {}

  /** The input in a file, whatever else is in it. */
  public static Tensor input(Path file) throws IOException {
    return input(file, Safetensors.read(file).tensors());
  }

  /** The input among the tensors of a file. */
  public static Tensor input(Path file, Map<String, Tensor> tensors) throws WeightsFormatException {
    Tensor input = tensors.get(Model.INPUT);
    if (input == null) {
      List<String> names = tensors.keySet().stream().map(WeightsFormatException::quote).toList();
      throw new WeightsFormatException(
          file
              + ": expected a tensor named \""
              + Model.INPUT
              + "\", found "
              + (names.isEmpty() ? "none" : FirstFew.of(names, ", ")));
    }
    return input;
  }
}
