package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Elementwise;
import dev.hydranet.engine.graph.Elementwise.Binary.Function;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.ShapeDependent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Operators that select elements by given indices or by their order. */
final class Selections {
  private Selections() {}

  static void register(Operators.Registry registry) {
    registry.add("GatherElements", "", Selections::gatherElements);
    registry.add("GatherND", "", Selections::gatherNd);
    registry.add("ScatterElements", "", (n, net) -> scatter(n, net, true));
    registry.add("Scatter", "", (n, net) -> scatter(n, net, true));
    registry.add("ScatterND", "", (n, net) -> scatter(n, net, false));
    registry.add("TopK", "k known from shapes", Selections::topK);
    registry.add("CumSum", "constant axis", Selections::cumSum);
    registry.add("Trilu", "", Selections::triangle);
    registry.add("OneHot", "depth known from shapes", Selections::oneHot);
    registry.add("EyeLike", "", Selections::eye);
  }

  private static void gatherElements(OnnxNode node, Translation network) {
    network.output(
        node, new Rearrange.GatherElements(node.integer("axis", 0)), node.input(0), node.input(1));
  }

  private static void gatherNd(OnnxNode node, Translation network) {
    network.output(
        node, new Rearrange.GatherNd(node.integer("batch_dims", 0)), node.input(0), node.input(1));
  }

  private static void scatter(OnnxNode node, Translation network, boolean elements) {
    String reduction = node.text("reduction", "none").toUpperCase(Locale.ROOT);
    Rearrange.Scatter.Function function =
        switch (reduction) {
          case "NONE" -> Rearrange.Scatter.Function.REPLACE;
          case "ADD", "MUL", "MAX", "MIN" -> Rearrange.Scatter.Function.valueOf(reduction);
          default -> throw node.unsupported("reduction " + reduction);
        };
    network.output(
        node,
        new Rearrange.Scatter(elements, elements ? node.integer("axis", 0) : 0, function),
        node.input(0),
        node.input(1),
        node.input(2));
  }

  /** Always sorted, even if the model does not ask for it. */
  private static void topK(OnnxNode node, Translation network) {
    int axis = node.integer("axis", -1);
    boolean smallest = !node.flag("largest", true);
    Operand count =
        node.has(1) ? node.input(1) : Reshaping.numbers(node, "k", node.integer("k", 1));
    for (int output = 0; output < 2; output++) {
      if (node.hasOutput(output)) {
        ShapeDependent op = new ShapeDependent.LargestOf(axis, smallest, output == 1);
        network.output(node, output, op, node.input(0), count);
      }
    }
  }

  private static void cumSum(OnnxNode node, Translation network) {
    network.output(
        node,
        new ShapeDependent.CumulativeAlong(
            node.flag("exclusive", false), node.flag("reverse", false)),
        node.input(0),
        node.input(1));
  }

  /** The numbers from 0 up to an extent of a value, on its last or second-to-last axis. */
  private static Operand places(Terms terms, Operand x, int axis) {
    int end = axis + 1 == 0 ? Integer.MAX_VALUE : axis + 1;
    Operand extent = terms.op(new ShapeDependent.ShapeOf(axis, end), x);
    Operand range = terms.op(new ShapeDependent.Range(), terms.whole(0), extent, terms.whole(1));
    return axis == -1 ? range : terms.column(range);
  }

  /** How far right of the main diagonal each element of the node's input is. */
  private static Operand diagonals(Terms terms) {
    Operand x = terms.node().input(0);
    return terms.binary(Function.SUB, places(terms, x, -1), places(terms, x, -2));
  }

  private static void triangle(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    Operand diagonal = diagonals(terms);
    Operand wanted = node.has(1) ? node.input(1) : terms.number(0);
    Function kept = node.flag("upper", true) ? Function.GREATER_OR_EQUAL : Function.LESS_OR_EQUAL;
    Operand condition = terms.binary(kept, diagonal, wanted);
    network.output(node, new Elementwise.Where(), condition, node.input(0), terms.number(0));
    retype(node, network, node.input(0).kind());
  }

  private static void eye(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    Operand wanted = terms.number(node.integer("k", 0));
    network.output(node, new Elementwise.Binary(Function.EQUAL), diagonals(terms), wanted);
    int type = node.integer("dtype", 0);
    retype(node, network, type == 0 ? node.input(0).kind() : Tensors.kind(type));
  }

  private static void oneHot(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    int axis = node.integer("axis", -1);
    List<Integer> extents = node.input(0).knownExtents();
    if (axis != -1 && extents == null) {
      throw node.unsupported("an axis other than -1 of indices of unknown rank");
    }
    int behind = axis < 0 ? -1 - axis : extents.size() - axis;
    long[] shape = new long[1 + behind];
    Arrays.fill(shape, 1);
    shape[0] = -1;
    Operand depth = terms.reshape(node.input(1), 1);
    Operand range =
        terms.reshape(
            terms.op(new ShapeDependent.Range(), terms.whole(0), depth, terms.whole(1)), shape);
    // An index below 0 counts from the end. An index out of range selects nothing.
    Operand index = terms.op(new ShapeDependent.Unsqueeze(), node.input(0), terms.whole(axis));
    Operand fromEnd = terms.binary(Function.ADD, index, depth);
    Operand hot =
        terms.binary(
            Function.OR,
            terms.binary(Function.EQUAL, index, range),
            terms.binary(Function.EQUAL, fromEnd, range));
    Operand off = terms.op(new Rearrange.Gather(0), node.input(2), terms.whole(0));
    Operand on = terms.op(new Rearrange.Gather(0), node.input(2), terms.whole(1));
    network.output(node, new Elementwise.Where(), hot, on, off);
    retype(node, network, node.input(2).kind());
  }

  private static void retype(OnnxNode node, Translation network, Operand.Kind kind) {
    Operand result = network.operand(node.output(0));
    network.define(
        node.output(0), new Operand(result.value(), result.constant(), result.name(), kind));
  }
}
