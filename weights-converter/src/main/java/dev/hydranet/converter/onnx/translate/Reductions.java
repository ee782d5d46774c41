package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.Softmax;
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
    boolean keepDims = node.flag("keepdims", true);
    if (node.hasAttribute("axes")) {
      List<Integer> axes = Arrays.stream(node.longs("axes")).mapToObj(Math::toIntExact).toList();
      network.output(node, new Reduce(function, axes, keepDims), node.input(0));
      return;
    }
    boolean none = node.flag("noop_with_empty_axes", false);
    if (none && !node.has(1)) {
      network.output(node, new Reduce(function, List.of(), keepDims), node.input(0));
    } else if (node.has(1)) {
      network.output(
          node,
          new ShapeDependent.ReduceOver(function, keepDims, true, none),
          node.input(0),
          node.input(1));
    } else {
      network.output(
          node, new ShapeDependent.ReduceOver(function, keepDims, false, false), node.input(0));
    }
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
