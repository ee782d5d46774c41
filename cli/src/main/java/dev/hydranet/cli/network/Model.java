package dev.hydranet.cli.network;

import dev.hydranet.Metadata;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.RandomWeights;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.MobileNetV2;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A network of any kind that this project knows, with its weights.
 *
 * @param metadata what the file says about itself, completed by what is known of such a network
 */
public record Model(Graph graph, Map<String, Tensor> weights, Map<String, String> metadata) {
  /** Both kinds of network call their input this. */
  public static final String INPUT = HydraNetwork.INPUT;

  private static final long SEED = 1;

  /**
   * Loads a network, recognised by its tensors.
   *
   * @throws WeightsFormatException if it is none, or the file is not safetensors
   */
  public static Model load(Path file) throws IOException {
    Safetensors content = Safetensors.read(file);
    try {
      return of(content);
    } catch (IllegalArgumentException e) {
      throw new WeightsFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A network with random weights, always the same; whatever takes time takes as long with them.
   */
  public static Model random(Graph graph) {
    return new Model(graph, RandomWeights.of(graph, SEED), Map.of());
  }

  private static Model of(Safetensors content) {
    Map<String, Tensor> weights = content.tensors();
    if (MobileNetV2.recognises(weights::containsKey)) {
      return new Model(MobileNetV2.of(weights).graph(), weights, content.metadata());
    }
    HydraNetwork network = HydraNetwork.of(weights);
    Map<String, String> metadata = Metadata.of(content.metadata(), network).toMap();
    return new Model(network.graph(), weights, metadata);
  }
}
