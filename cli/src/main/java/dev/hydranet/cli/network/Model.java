package dev.hydranet.cli.network;

import dev.hydranet.Metadata;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.RandomWeights;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.MobileNetV2;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of any kind: one that this project knows by its tensors, or any whose graph its file
 * holds.
 *
 * @param network the graph and its weights
 * @param metadata what the file says about itself, completed by what is known of such a network
 * @param anyGraph whether the graph is the file's own
 */
public record Model(Network network, Map<String, String> metadata, boolean anyGraph) {
  /** The networks that this project knows call their input this. */
  public static final String INPUT = HydraNetwork.INPUT;

  private static final long SEED = 1;

  /** An image of any size. */
  private static final Map<String, List<Integer>> IMAGES = Map.of(INPUT, List.of(-1, 3, -1, -1));

  /**
   * Loads a network.
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
    return known(graph, RandomWeights.of(graph, SEED), Map.of());
  }

  /** A HydraNet with the content of its file. */
  public static Model of(HydraNetwork network, Safetensors content) {
    return known(network.graph(), content.tensors(), content.metadata());
  }

  private static Model of(Safetensors content) {
    if (content.metadata().containsKey(Network.GRAPH)) {
      return new Model(Network.of(content), content.metadata(), true);
    }
    Map<String, Tensor> weights = content.tensors();
    if (MobileNetV2.recognises(weights::containsKey)) {
      return known(MobileNetV2.of(weights).graph(), weights, content.metadata());
    }
    HydraNetwork network = HydraNetwork.of(weights);
    Map<String, String> metadata = Metadata.of(content.metadata(), network).toMap();
    return known(network.graph(), weights, metadata);
  }

  private static Model known(
      Graph graph, Map<String, Tensor> weights, Map<String, String> metadata) {
    return new Model(Network.of(graph, weights, IMAGES), metadata, false);
  }

  /** The graph, for inputs of any shape. */
  public Graph graph() {
    return network.graph();
  }

  /** The weights by full name. */
  public Map<String, Tensor> weights() {
    return network.weights();
  }

  /**
   * The network for inputs of given shapes, ready to be planned.
   *
   * @param wanted labels or names of nodes
   * @throws IllegalArgumentException if the network does not take such inputs
   */
  public Network specialized(Map<String, Shape> inputs, Collection<String> wanted) {
    return anyGraph ? network.specialize(inputs, wanted) : network;
  }

  /** The same with some of its inputs given, if its shapes depend on their values. */
  public Model knowing(Map<String, Tensor> inputs) {
    Map<String, Tensor> numbers = new LinkedHashMap<>(inputs);
    numbers.keySet().retainAll(network.numberInputs());
    return new Model(network.with(numbers), metadata, anyGraph);
  }
}
