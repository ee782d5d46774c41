package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One number out of many: sums, extremes and their places, and softmax, which sums too. */
final class Reductions {
  private static final Map<String, Reduce.Function> FUNCTIONS =
      Map.of(
          "ReduceSum", Reduce.Function.SUM,
          "ReduceMean", Reduce.Function.MEAN,
          "ReduceMax", Reduce.Function.MAX,
          "ReduceMin", Reduce.Function.MIN,
          "ReduceProd", Reduce.Function.PROD,
          "ReduceL1", Reduce.Function.L1,
          "ReduceL2", Reduce.Function.L2,
          "ReduceLogSum", Reduce.Function.LOG_SUM,
          "ReduceLogSumExp", Reduce.Function.LOG_SUM_EXP,
          "ReduceSumSquare", Reduce.Function.SUM_SQUARE);

  private Reductions() {}

  static void register(Operators.Registry registry) {
    FUNCTIONS.forEach(
        (operator, function) -> registry.add(operator, "", (n, net) -> reduce(n, net, function)));
    registry.add("ArgMax", "", (n, net) -> argument(n, net, false));
    registry.add("ArgMin", "", (n, net) -> argument(n, net, true));
    registry.add("Softmax", "", (n, net) -> softmax(n, net, false));
    registry.add("LogSoftmax", "", (n, net) -> softmax(n, net, true));
  }

  private static void reduce(OnnxNode node, Translation network, Reduce.Function function) {
    Operand result = reduced(node, network, function);
    boolean truth = node.input(0).kind() == Operand.Kind.TRUTH;
    if (truth && function == Reduce.Function.MAX) {
      // Of no element at all it is false.
      result =
          network.part(
              node,
              new Elementwise.Binary(Elementwise.Binary.Function.MAX),
              result,
              Operand.constant(
                  Tensor.of(Shape.of(), 0), node.output(0) + ".false", Operand.Kind.TRUTH));
    }
    network.define(node.output(0), result);
  }

  private static Operand reduced(OnnxNode node, Translation network, Reduce.Function function) {
    boolean keepDims = node.flag("keepdims", true);
    if (node.hasAttribute("axes")) {
      List<Integer> axes = Arrays.stream(node.longs("axes")).mapToObj(Math::toIntExact).toList();
      return network.result(node, new Reduce(function, axes, keepDims), node.input(0));
    }
    boolean none = node.flag("noop_with_empty_axes", false);
    if (none && !node.has(1)) {
      return network.result(node, new Reduce(function, List.of(), keepDims), node.input(0));
    }
    ShapeDependent op = new ShapeDependent.ReduceOver(function, keepDims, node.has(1), none);
    return node.has(1)
        ? network.result(node, op, node.input(0), node.input(1))
        : network.result(node, op, node.input(0));
  }

  private static void argument(OnnxNode node, Translation network, boolean smallest) {
    network.output(
        node,
        new ArgMax(
            node.integer("axis", 0),
            node.flag("keepdims", true),
            smallest,
            node.flag("select_last_index", false)),
        node.input(0));
  }

  /** Until opset 12 along all axes from the given one on, from then on along that one. */
  private static void softmax(OnnxNode node, Translation network, boolean log) {
    boolean old = node.opset() < 13;
    network.output(node, new Softmax(node.integer("axis", old ? 1 : -1), old, log), node.input(0));
  }
}
