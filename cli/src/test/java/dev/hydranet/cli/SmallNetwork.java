package dev.hydranet.cli;

import dev.hydranet.Metadata;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/** A narrow network of three tasks with seeded weights. */
final class SmallNetwork {
  static final HydraNetwork NETWORK = HydraNetwork.of(5, EnumSet.allOf(Task.class)).scaled(0.1);
  static final Graph GRAPH = NETWORK.graph();
  static final Map<String, Tensor> WEIGHTS = SeededTensors.parameters(GRAPH, 4);

  private SmallNetwork() {}

  /** Writes the weights as the converter does. */
  static Path write(Path file) throws IOException {
    Safetensors.write(file, WEIGHTS, Metadata.of(NETWORK).toMap(), DType.F32);
    return file;
  }

  /** The same without some task. */
  static void writeWithout(Path file, Task task) throws IOException {
    Map<String, Tensor> weights = new HashMap<>(WEIGHTS);
    weights
        .keySet()
        .removeIf(
            name -> name.startsWith(task.label() + ".") || name.startsWith("pre_" + task.label()));
    Safetensors.write(file, weights, Map.of(), DType.F32);
  }

  static Tensor input(int... shape) {
    return SeededTensors.picture("input", Shape.of(shape), 2);
  }

  /** Writes an input, and other tensors beside it. */
  static Path writeInput(Path file, Tensor input, Map<String, Tensor> others) throws IOException {
    Map<String, Tensor> tensors = new HashMap<>(others);
    tensors.put("input", input);
    Safetensors.write(file, tensors, Map.of(), DType.F32);
    return file;
  }
}
