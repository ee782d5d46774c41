package dev.hydranet.benchmarks.network;

import dev.hydranet.benchmarks.harness.RandomTensors;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.RandomWeights;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Variant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks and image sizes that are timed end to end. */
public enum Scenario {
  /** Streets at the size of a camera. */
  KITTI_480x640(Variant.KITTI, 480, 640),
  /** Streets at the size of KITTI's pictures. */
  KITTI_350x1200(Variant.KITTI, 350, 1200),
  /** Rooms, all three tasks. */
  NYUD3_480x640(Variant.NYUD3, 480, 640);

  private static final long SEED = 1;

  private final Variant variant;
  private final Shape shape;

  Scenario(Variant variant, int height, int width) {
    this.variant = variant;
    this.shape = Shape.of(1, 3, height, width);
  }

  /** The network. */
  public Graph graph() {
    return variant.network().graph();
  }

  /** The shape of its input. */
  public Shape shape() {
    return shape;
  }

  /** Random weights, always the same. */
  public Map<String, Tensor> weights() {
    return RandomWeights.of(graph(), SEED);
  }

  /** A picture of noise, by the name of the network's input. */
  public Map<String, Tensor> input(long seed) {
    return Map.of(HydraNetwork.INPUT, RandomTensors.uniform(shape, seed));
  }

  /** The network's multiply-adds. */
  public long macs() {
    Graph graph = graph();
    Map<String, Shape> shapes = graph.shapes(Map.of(HydraNetwork.INPUT, shape));
    return graph.nodes().stream()
        .mapToLong(node -> node.op().macs(Graph.inputShapes(node, shapes)))
        .sum();
  }

  /** The shapes of the network's outputs. */
  public Map<String, Shape> outputShapes() {
    Graph graph = graph();
    Map<String, Shape> shapes = graph.shapes(Map.of(HydraNetwork.INPUT, shape));
    Map<String, Shape> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(name -> outputs.put(name, shapes.get(graph.resolve(name))));
    return outputs;
  }

  /** The least memory traffic in bytes: image, parameters, outputs. */
  public long bytes() {
    long elements = shape.elementCount();
    for (Parameter parameter : graph().parameters().values()) {
      elements += parameter.shape().elementCount();
    }
    for (Shape output : outputShapes().values()) {
      elements += output.elementCount();
    }
    return elements * Float.BYTES;
  }
}
