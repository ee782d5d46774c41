package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Elementwise.Binary.Function;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Functions of two or more numbers at the same place, with broadcasting. */
final class Arithmetic {
  private static final Map<String, Function> PLAIN =
      Map.ofEntries(
          Map.entry("Add", Function.ADD),
          Map.entry("Sub", Function.SUB),
          Map.entry("Mul", Function.MUL),
          Map.entry("Pow", Function.POW),
          Map.entry("PRelu", Function.PRELU),
          Map.entry("Equal", Function.EQUAL),
          Map.entry("Less", Function.LESS),
          Map.entry("LessOrEqual", Function.LESS_OR_EQUAL),
          Map.entry("Greater", Function.GREATER),
          Map.entry("GreaterOrEqual", Function.GREATER_OR_EQUAL),
          Map.entry("And", Function.AND),
          Map.entry("Or", Function.OR),
          Map.entry("Xor", Function.XOR));

  private Arithmetic() {}

  static void register(Operators.Registry registry) {
    PLAIN.forEach(
        (operator, function) ->
            registry.add(
                operator,
                "",
                (n, net) ->
                    net.output(n, new Elementwise.Binary(function), n.input(0), n.input(1))));
    registry.add("Div", "", Arithmetic::divide);
    registry.add("Mod", "", Arithmetic::mod);
    registry.add("Min", "", (n, net) -> join(n, net, Function.MIN));
    registry.add("Max", "", (n, net) -> join(n, net, Function.MAX));
    registry.add("Sum", "", (n, net) -> join(n, net, Function.ADD));
    registry.add("Mean", "", Arithmetic::mean);
    registry.add(
        "Where",
        "",
        (n, net) -> net.output(n, new Elementwise.Where(), n.input(0), n.input(1), n.input(2)));
  }

  private static void divide(OnnxNode node, Translation network) {
    boolean whole = node.input(0).kind() == Operand.Kind.WHOLE;
    network.output(
        node,
        new Elementwise.Binary(whole ? Function.WHOLE_DIV : Function.DIV),
        node.input(0),
        node.input(1));
  }

  private static void mod(OnnxNode node, Translation network) {
    Function function = node.flag("fmod", false) ? Function.FMOD : Function.MOD;
    network.output(node, new Elementwise.Binary(function), node.input(0), node.input(1));
  }

  private static void join(OnnxNode node, Translation network, Function function) {
    network.define(node.output(0), joined(node, network, function));
  }

  private static Operand joined(OnnxNode node, Translation network, Function function) {
    List<Operand> operands = node.allInputs();
    Operand result = node.input(0);
    for (Operand next : operands.subList(1, operands.size())) {
      result = network.part(node, new Elementwise.Binary(function), result, next);
    }
    return result;
  }

  private static void mean(OnnxNode node, Translation network) {
    Operand count =
        Operand.constant(
            Tensor.of(Shape.of(), node.inputs()), node.output(0) + ".count", Operand.Kind.FLOAT);
    network.output(
        node, new Elementwise.Binary(Function.DIV), joined(node, network, Function.ADD), count);
  }
}
