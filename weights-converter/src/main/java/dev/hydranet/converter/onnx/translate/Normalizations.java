package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Normalisations by stored or own statistics. */
final class Normalizations {
  private Normalizations() {}

  static void register(Operators.Registry registry) {
    registry.add(
        "BatchNormalization", "4-D, at inference; constant parameters", Normalizations::batch);
    registry.add("InstanceNormalization", "constant parameters", Normalizations::instance);
    registry.add("GroupNormalization", "constant parameters", Normalizations::group);
    registry.add("LayerNormalization", "constant parameters; one output", Normalizations::layer);
    registry.add("LRN", "", Normalizations::localResponse);
  }

  private static void batch(OnnxNode node, Translation network) {
    if (node.flag("training_mode", false) || node.hasOutput(1)) {
      throw node.unsupported("training mode");
    }
    List<Tensor> parameters =
        List.of(
            Convolutions.parameter(node, 1),
            Convolutions.parameter(node, 2),
            Convolutions.parameter(node, 3),
            Convolutions.parameter(node, 4));
    network.output(
        node,
        new BatchNorm(parameters.get(0).data().length, node.floating("epsilon", 1e-5f)),
        node.input(1).name(),
        parameters,
        node.input(0));
  }

  private static void instance(OnnxNode node, Translation network) {
    int channels = Convolutions.parameter(node, 1).data().length;
    affine(
        node,
        network,
        new Normalize.Group(channels, channels, node.floating("epsilon", 1e-5f)),
        Convolutions.parameter(node, 1),
        Convolutions.parameter(node, 2));
  }

  private static void group(OnnxNode node, Translation network) {
    int groups = node.integer("num_groups", 0);
    Tensor weight = Convolutions.parameter(node, 1);
    Tensor bias = Convolutions.parameter(node, 2);
    if (node.opset() < 21) {
      // Until then one number for each group, from then on one for each channel.
      throw node.unsupported("GroupNormalization before opset 21");
    }
    affine(
        node,
        network,
        new Normalize.Group(groups, weight.data().length, node.floating("epsilon", 1e-5f)),
        weight,
        bias);
  }

  private static void layer(OnnxNode node, Translation network) {
    if (node.hasOutput(1)) {
      throw node.unsupported("its second output, the mean");
    }
    Tensor weight = Convolutions.parameter(node, 1);
    Tensor bias = node.has(2) ? Convolutions.parameter(node, 2) : Tensor.zeros(weight.shape());
    // The axes are those of the weight, the last ones.
    List<Integer> dims = Arrays.stream(weight.shape().toArray()).boxed().toList();
    affine(node, network, new Normalize.Layer(dims, node.floating("epsilon", 1e-5f)), weight, bias);
  }

  private static void affine(
      OnnxNode node, Translation network, Normalize op, Tensor weight, Tensor bias) {
    network.output(node, op, node.input(1).name(), List.of(weight, bias), node.input(0));
  }

  private static void localResponse(OnnxNode node, Translation network) {
    network.output(
        node,
        new Normalize.LocalResponse(
            node.integer("size", 1),
            node.floating("alpha", 1e-4f),
            node.floating("beta", 0.75f),
            node.floating("bias", 1)),
        node.input(0));
  }
}
