package dev.hydranet.benchmarks.peers;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A HydraNet as converters see it: batch normalisation folded, ReLU6 in what is before it. */
final class Layers {
  private final Graph graph;
  private final Map<String, Tensor> weights;
  private final Map<String, Shape> shapes;
  private final List<Layer> layers = new ArrayList<>();

  /** The layer's value that a node's value is, where it is not the node's own. */
  private final Map<String, String> folded = new HashMap<>();

  /**
   * Folds a network.
   *
   * @throws IllegalArgumentException if it has an operator that HydraNets do not have
   */
  Layers(Graph graph, Map<String, Tensor> weights, Map<String, Shape> inputs) {
    this.graph = graph;
    this.weights = weights;
    this.shapes = graph.shapes(inputs);
    for (Node node : graph.nodes()) {
      if (!folded.containsKey(node.name())) {
        layers.add(layer(node));
      }
    }
  }

  List<Layer> all() {
    return layers;
  }

  /** The network's inputs. */
  List<String> inputs() {
    return graph.inputs();
  }

  /** The values that are the network's outputs. */
  List<String> outputs() {
    return graph.outputs().stream().map(name -> value(graph.resolve(name))).toList();
  }

  /** The shape of a value, NCHW. */
  Shape shape(String value) {
    return shapes.get(value);
  }

  private Layer layer(Node node) {
    String name = node.name();
    String first = value(node.inputs().get(0));
    return switch (node.op()) {
      case Conv2d conv -> convolution(node, conv);
      case Add add ->
          new Layer.Sum(first, value(node.inputs().get(1)), name, foldedRelu6(node, name));
      case MaxPool2d pool -> {
        check(node, pool.equals(MaxPool2d.of(5, 1, 2)));
        yield new Layer.Pool(first, name);
      }
      case Upsample upsample -> {
        check(node, upsample.mode() == Upsample.Mode.BILINEAR);
        Shape to = shapes.get(name);
        yield new Layer.Resize(first, name, new Size(to.height(), to.width()));
      }
      case Activation activation -> {
        check(node, isRelu6(activation));
        yield new Layer.Relu6(first, name);
      }
      default -> throw unexpected(node);
    };
  }

  private Layer convolution(Node node, Conv2d conv) {
    check(node, conv.groups() == 1 || conv.isDepthwise());
    float[] filters = weights.get(node.name() + ".weight").data().clone();
    float[] bias =
        conv.bias()
            ? weights.get(node.name() + ".bias").data().clone()
            : new float[conv.outChannels()];
    Node last = node;
    Optional<Node> norm = onlyReader(node).filter(next -> next.op() instanceof BatchNorm);
    if (norm.isPresent()) {
      last = norm.get();
      fold(last, filters, bias);
      folded.put(last.name(), node.name());
    }
    boolean relu6 = foldedRelu6(last, node.name());
    return new Layer.Convolution(
        value(node.inputs().get(0)), node.name(), conv, filters, bias, relu6);
  }

  private void fold(Node norm, float[] filters, float[] bias) {
    float[] weight = weights.get(norm.name() + ".weight").data();
    float[] offset = weights.get(norm.name() + ".bias").data();
    float[] mean = weights.get(norm.name() + ".running_mean").data();
    float[] variance = weights.get(norm.name() + ".running_var").data();
    int terms = filters.length / bias.length;
    for (int o = 0; o < bias.length; o++) {
      double factor = weight[o] / Math.sqrt(variance[o] + ((BatchNorm) norm.op()).eps());
      bias[o] = (float) ((bias[o] - mean[o]) * factor + offset[o]);
      for (int i = o * terms; i < (o + 1) * terms; i++) {
        filters[i] = (float) (filters[i] * factor);
      }
    }
  }

  /** Folds the ReLU6 behind a node, if there is one, into a layer. */
  private boolean foldedRelu6(Node node, String layer) {
    Optional<Node> relu6 = onlyReader(node).filter(next -> isRelu6(next.op()));
    relu6.ifPresent(next -> folded.put(next.name(), layer));
    return relu6.isPresent();
  }

  private static boolean isRelu6(Op op) {
    return op instanceof Activation activation
        && activation.function() == Activation.Function.RELU6;
  }

  /** The one node that reads a value which is no output. */
  private Optional<Node> onlyReader(Node node) {
    List<Node> readers =
        graph.nodes().stream().filter(next -> next.inputs().contains(node.name())).toList();
    boolean output =
        graph.outputs().stream().anyMatch(name -> graph.resolve(name).equals(node.name()));
    return readers.size() == 1 && !output ? Optional.of(readers.get(0)) : Optional.empty();
  }

  private String value(String node) {
    return folded.getOrDefault(node, node);
  }

  private static void check(Node node, boolean expected) {
    if (!expected) {
      throw unexpected(node);
    }
  }

  private static IllegalArgumentException unexpected(Node node) {
    return new IllegalArgumentException("no HydraNet has " + node.name() + ": " + node.op());
  }
}
