package dev.hydranet.converter.onnx.translate;

import static dev.hydranet.engine.graph.Elementwise.Binary.Function.MUL;
import static dev.hydranet.engine.graph.Elementwise.Binary.Function.POW;
import static dev.hydranet.engine.graph.Elementwise.Unary.Function.ABS;

import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.graph.ShapeDependent;

/** Pools, under a window and of everything. */
final class Pools {
  private static final float LOWEST = Float.NEGATIVE_INFINITY;

  private Pools() {}

  static void register(Operators.Registry registry) {
    registry.add("MaxPool", "1-D and 2-D; no indices", Pools::max);
    registry.add("AveragePool", "1-D and 2-D", Pools::average);
    registry.add("LpPool", "1-D and 2-D; no ceil_mode", Pools::power);
    registry.add("GlobalLpPool", "", Pools::globalPower);
    registry.add("GlobalMaxPool", "", (n, net) -> global(n, net, Reduce.Function.MAX));
    registry.add("GlobalAveragePool", "", (n, net) -> global(n, net, Reduce.Function.MEAN));
  }

  private static void max(OnnxNode node, Translation network) {
    if (node.hasOutput(1)) {
      throw node.unsupported("its second output, the indices");
    }
    Windows windows = Windows.of(node, node.longs("kernel_shape"));
    Op op =
        new MaxPool2d(
            windows.kernel(),
            windows.stride(),
            windows.before(),
            windows.after(),
            windows.dilation(),
            node.flag("ceil_mode", false));
    if (windows.line()) {
      OneDimension.output(
          node,
          network,
          node.input(0),
          image -> network.part(node, op, windows.padded(node, network, image, LOWEST)));
    } else {
      network.output(node, op, windows.padded(node, network, node.input(0), LOWEST));
    }
  }

  private static void average(OnnxNode node, Translation network) {
    Windows windows = Windows.of(node, node.longs("kernel_shape"));
    output(
        node,
        network,
        average(node, windows, node.flag("count_include_pad", false)),
        windows,
        node.input(0));
  }

  private static Op average(OnnxNode node, Windows windows, boolean counted) {
    return windows.same()
        ? new ShapeDependent.AvgPoolSame(
            windows.kernel(), windows.stride(), windows.dilation(), windows.lower(), counted)
        : new AvgPool2d(
            windows.kernel(),
            windows.stride(),
            windows.before(),
            windows.after(),
            windows.dilation(),
            node.flag("ceil_mode", false),
            counted);
  }

  /** A pool of images; of lines as of images of one row. */
  private static void output(
      OnnxNode node, Translation network, Op op, Windows windows, Operand in) {
    if (windows.line()) {
      OneDimension.output(node, network, in, image -> network.part(node, op, image));
    } else {
      network.output(node, op, in);
    }
  }

  /** The root of the sum of powers under a window: a mean times the window's area. */
  private static void power(OnnxNode node, Translation network) {
    if (node.flag("ceil_mode", false)) {
      throw node.unsupported("ceil_mode");
    }
    Windows windows = Windows.of(node, node.longs("kernel_shape"));
    Terms terms = new Terms(node, network);
    Operand powers = powers(terms);
    Op mean = average(node, windows, true);
    Operand means =
        windows.line()
            ? OneDimension.part(node, network, powers, image -> network.part(node, mean, image))
            : network.part(node, mean, powers);
    float area = (float) windows.kernel().height() * windows.kernel().width();
    defineRoot(terms, terms.binary(MUL, means, terms.number(area)));
  }

  private static void globalPower(OnnxNode node, Translation network) {
    Terms terms = new Terms(node, network);
    defineRoot(
        terms, terms.op(new ShapeDependent.ReduceFrom(Reduce.Function.SUM, 2), powers(terms)));
  }

  private static Operand powers(Terms terms) {
    OnnxNode node = terms.node();
    return terms.binary(POW, terms.unary(ABS, node.input(0)), terms.number(node.integer("p", 2)));
  }

  private static void defineRoot(Terms terms, Operand sums) {
    float p = terms.node().integer("p", 2);
    terms.define(terms.binary(POW, sums, terms.number(1 / p)));
  }

  private static void global(OnnxNode node, Translation network, Reduce.Function function) {
    network.output(node, new ShapeDependent.ReduceFrom(function, 2), node.input(0));
  }
}
