package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Elementwise.Unary.Function;
import java.util.Map;

/** Functions of one number. */
final class Functions {
  private static final Map<String, Function> PLAIN =
      Map.ofEntries(
          Map.entry("HardSwish", Function.HARD_SWISH),
          Map.entry("Mish", Function.MISH),
          Map.entry("Sigmoid", Function.SIGMOID),
          Map.entry("Softplus", Function.SOFTPLUS),
          Map.entry("Softsign", Function.SOFTSIGN),
          Map.entry("Tanh", Function.TANH),
          Map.entry("Erf", Function.ERF),
          Map.entry("Exp", Function.EXP),
          Map.entry("Log", Function.LOG),
          Map.entry("Sqrt", Function.SQRT),
          Map.entry("Reciprocal", Function.RECIPROCAL),
          Map.entry("Abs", Function.ABS),
          Map.entry("Neg", Function.NEG),
          Map.entry("Floor", Function.FLOOR),
          Map.entry("Ceil", Function.CEIL),
          Map.entry("Round", Function.ROUND),
          Map.entry("Sign", Function.SIGN),
          Map.entry("Sin", Function.SIN),
          Map.entry("Cos", Function.COS),
          Map.entry("Tan", Function.TAN),
          Map.entry("Asin", Function.ASIN),
          Map.entry("Acos", Function.ACOS),
          Map.entry("Atan", Function.ATAN),
          Map.entry("Sinh", Function.SINH),
          Map.entry("Cosh", Function.COSH),
          Map.entry("Asinh", Function.ASINH),
          Map.entry("Acosh", Function.ACOSH),
          Map.entry("Atanh", Function.ATANH),
          Map.entry("Not", Function.NOT),
          Map.entry("IsNaN", Function.IS_NAN));

  private Functions() {}

  static void register(Operators.Registry registry) {
    PLAIN.forEach(
        (operator, function) -> registry.add(operator, "", (n, net) -> apply(n, net, function)));
    registry.add(
        "Relu",
        "",
        (n, net) -> net.output(n, new Activation(Activation.Function.RELU), n.input(0)));
    registry.add("Clip", "", Functions::clip);
    registry.add(
        "IsInf",
        "",
        (n, net) ->
            apply(
                n,
                net,
                Function.IS_INF,
                n.integer("detect_positive", 1),
                n.integer("detect_negative", 1)));
    registry.add("LeakyRelu", "", alpha(Function.LEAKY_RELU, 0.01f));
    registry.add("Elu", "", alpha(Function.ELU, 1));
    registry.add("Celu", "", alpha(Function.CELU, 1));
    registry.add("ThresholdedRelu", "", alpha(Function.THRESHOLDED_RELU, 1));
    registry.add("Swish", "", alpha(Function.SWISH, 1));
    registry.add(
        "Selu",
        "",
        (n, net) ->
            apply(
                n,
                net,
                Function.SELU,
                n.floating("alpha", 1.67326319217681884765625f),
                n.floating("gamma", 1.05070102214813232421875f)));
    registry.add(
        "HardSigmoid",
        "",
        (n, net) ->
            apply(
                n,
                net,
                Function.HARD_SIGMOID,
                n.floating("alpha", 0.2f),
                n.floating("beta", 0.5f)));
    registry.add(
        "Gelu",
        "",
        (n, net) ->
            apply(
                n,
                net,
                n.text("approximate", "none").equals("tanh") ? Function.GELU_TANH : Function.GELU));
  }

  private static Translator alpha(Function function, float otherwise) {
    return (node, network) -> apply(node, network, function, node.floating("alpha", otherwise), 0);
  }

  private static void apply(OnnxNode node, Translation network, Function function) {
    apply(node, network, function, 0, 0);
  }

  private static void apply(
      OnnxNode node, Translation network, Function function, float alpha, float beta) {
    network.output(node, new Elementwise.Unary(function, alpha, beta), node.input(0));
  }

  private static void clip(OnnxNode node, Translation network) {
    boolean computed =
        (node.has(1) && !node.input(1).isConstant())
            || (node.has(2) && !node.input(2).isConstant());
    if (computed) {
      Operand bounded = node.input(0);
      if (node.has(1)) {
        bounded =
            network.part(
                node,
                new Elementwise.Binary(Elementwise.Binary.Function.MAX),
                bounded,
                node.input(1));
      }
      if (node.has(2)) {
        bounded =
            network.part(
                node,
                new Elementwise.Binary(Elementwise.Binary.Function.MIN),
                bounded,
                node.input(2));
      }
      network.define(node.output(0), bounded);
      return;
    }
    float low = node.number(1, "min", Float.NEGATIVE_INFINITY);
    float high = node.number(2, "max", Float.POSITIVE_INFINITY);
    if (low == 0 && high == 6) {
      network.output(node, new Activation(Activation.Function.RELU6), node.input(0));
    } else {
      apply(node, network, Function.CLIP, low, high);
    }
  }
}
