package dev.hydranet.converter.onnx.translate;

import static dev.hydranet.engine.graph.Elementwise.Binary.Function.ADD;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.DIV;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.MUL;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.SUB;
import static dev.hydranet.engine.graph.Elementwise.Unary.Function.RECIPROCAL;
import static dev.hydranet.engine.graph.Elementwise.Unary.Function.SQRT;

import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations by stored or own statistics. */
final class Normalizations {
  private Normalizations() {}

  static void register(Operators.Registry registry) {
    registry.add("BatchNormalization", "at inference", Normalizations::batch);
    registry.add("InstanceNormalization", "", Normalizations::instance);
    registry.add("GroupNormalization", "", Normalizations::group);
    registry.add("LayerNormalization", "", Normalizations::layer);
    registry.add("LRN", "", Normalizations::localResponse);
  }

  private static void batch(OnnxNode node, Translation network) {
    if (node.flag("training_mode", false) || node.hasOutput(1)) {
      throw node.unsupported("training mode");
    }
    if (IntStream.range(1, 5).allMatch(input -> node.input(input).isConstant())) {
      List<Tensor> parameters =
          IntStream.range(1, 5).mapToObj(input -> Convolutions.parameter(node, input)).toList();
      network.output(
          node,
          new BatchNorm(parameters.get(0).data().length, node.floating("epsilon", 1e-5f)),
          node.input(1).name(),
          parameters,
          node.input(0));
      return;
    }
    // [N, C, all others]
    Terms terms = new Terms(node, network);
    Operand x = terms.reshape(node.input(0), 0, 0, -1);
    Operand deviation =
        terms.unary(SQRT, terms.add(terms.column(node.input(4)), node.floating("epsilon", 1e-5f)));
    Operand normal =
        terms.binary(DIV, terms.binary(SUB, x, terms.column(node.input(3))), deviation);
    affine(terms, normal, terms.column(node.input(1)), terms.column(node.input(2)));
  }

  private static void instance(OnnxNode node, Translation network) {
    if (node.input(1).isConstant() && node.input(2).isConstant()) {
      Tensor weight = Convolutions.parameter(node, 1);
      int channels = weight.data().length;
      Normalize op = new Normalize.Group(channels, channels, node.floating("epsilon", 1e-5f));
      output(node, network, op, weight, Convolutions.parameter(node, 2));
      return;
    }
    Terms terms = new Terms(node, network);
    Operand normal = terms.normalized(terms.reshape(node.input(0), 0, 0, -1), -1);
    affine(terms, normal, terms.column(node.input(1)), terms.column(node.input(2)));
  }

  private static void group(OnnxNode node, Translation network) {
    int groups = node.integer("num_groups", 0);
    if (groups < 1) {
      throw new IllegalArgumentException("num_groups must be at least 1, found " + groups);
    }
    // Until opset 20 there is one number for each group, from then on one for each channel.
    boolean byGroup = node.opset() < 21;
    if (!byGroup && node.input(1).isConstant() && node.input(2).isConstant()) {
      Tensor weight = Convolutions.parameter(node, 1);
      int channels = weight.data().length;
      Normalize op = new Normalize.Group(groups, channels, node.floating("epsilon", 1e-5f));
      output(node, network, op, weight, Convolutions.parameter(node, 2));
      return;
    }
    Terms terms = new Terms(node, network);
    Operand normal = terms.normalized(terms.reshape(node.input(0), 0, groups, -1), -1);
    if (!byGroup) {
      Operand channels = terms.reshapeLike(normal, node.input(0));
      normal = terms.reshape(channels, 0, 0, -1);
    }
    affine(terms, normal, terms.column(node.input(1)), terms.column(node.input(2)));
  }

  /** Times a weight, plus a bias, in the shape of the node's first input. */
  private static void affine(Terms terms, Operand normal, Operand weight, Operand bias) {
    terms.define(terms.reshapeLike(terms.binary(ADD, terms.binary(MUL, normal, weight), bias)));
  }

  private static void layer(OnnxNode node, Translation network) {
    int axis = node.integer("axis", -1);
    List<Integer> extents = node.input(1).knownExtents();
    boolean constant = node.input(1).isConstant() && (!node.has(2) || node.input(2).isConstant());
    float epsilon = node.floating("epsilon", 1e-5f);
    // Counted from the end, the axes are those of the weight; else the input's rank decides.
    if (constant && extents.size() == -axis && !node.hasOutput(1) && !node.hasOutput(2)) {
      Tensor weight = Convolutions.parameter(node, 1);
      Tensor bias = node.has(2) ? Convolutions.parameter(node, 2) : Tensor.zeros(weight.shape());
      if (bias.shape().equals(weight.shape())) {
        output(node, network, new Normalize.Layer(extents, epsilon), weight, bias);
        return;
      }
    }
    Terms terms = new Terms(node, network);
    Operand mean = terms.mean(node.input(0), axis);
    Operand centred = terms.binary(SUB, node.input(0), mean);
    Operand variance = terms.mean(terms.binary(MUL, centred, centred), axis);
    Operand deviation = terms.unary(SQRT, terms.add(variance, epsilon));
    Operand scaled = terms.binary(MUL, terms.binary(DIV, centred, deviation), node.input(1));
    terms.define(node.has(2) ? terms.binary(ADD, scaled, node.input(2)) : scaled);
    if (node.hasOutput(1)) {
      network.define(node.output(1), mean);
    }
    if (node.hasOutput(2)) {
      network.define(node.output(2), terms.unary(RECIPROCAL, deviation));
    }
  }

  private static void output(
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
