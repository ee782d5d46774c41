package dev.hydranet.cli.network;

import dev.hydranet.cli.console.FirstFew;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A safetensors file that holds a network's inputs. */
public final class InputFile {
  private InputFile() {}

  /** A graph's inputs among the tensors of a file, by name. */
  public static Map<String, Tensor> inputs(Path file, Graph graph, Map<String, Tensor> tensors)
      throws WeightsFormatException {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (String name : graph.inputs()) {
      Tensor input = tensors.get(name);
      if (input == null) {
        List<String> names = tensors.keySet().stream().map(WeightsFormatException::quote).toList();
        throw new WeightsFormatException(
            file
                + ": expected a tensor named "
                + WeightsFormatException.quote(name)
                + ", found "
                + (names.isEmpty() ? "none" : FirstFew.of(names, ", ")));
      }
      inputs.put(name, input);
    }
    return inputs;
  }

  /** The shapes of tensors by name. */
  public static Map<String, Shape> shapes(Map<String, Tensor> tensors) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }
}
