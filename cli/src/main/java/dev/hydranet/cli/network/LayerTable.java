package dev.hydranet.cli.network;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What each operator of a network makes and costs.
 *
 * @param inputs the shape of each of the network's inputs
 */
public record LayerTable(Map<String, Shape> inputs, List<Layer> layers) {
  /**
   * An operator at its place.
   *
   * @param parameters numbers that training learns, as PyTorch counts them
   * @param macs multiply-adds
   */
  public record Layer(String name, String operator, Shape output, long parameters, long macs) {}

  /**
   * The table of a graph.
   *
   * @throws IllegalArgumentException if the graph does not take such inputs
   */
  public static LayerTable of(Graph graph, Map<String, Shape> inputs) {
    Map<String, Shape> shapes = graph.shapes(inputs);
    List<Layer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      layers.add(
          new Layer(
              node.name(),
              node.op().kind(),
              shapes.get(node.name()),
              node.op().parameters().stream()
                  .filter(Parameter::learned)
                  .mapToLong(parameter -> parameter.shape().elementCount())
                  .sum(),
              node.op().macs(Graph.inputShapes(node, shapes))));
    }
    return new LayerTable(inputs, List.copyOf(layers));
  }

  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }

  public long macs() {
    return layers.stream().mapToLong(Layer::macs).sum();
  }

  /** How wide a column must be for the longest name. */
  public int nameWidth() {
    return layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(1);
  }
}
