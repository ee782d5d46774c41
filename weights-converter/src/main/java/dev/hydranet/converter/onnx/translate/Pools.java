package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Reduce;
import java.util.List;

/** Pools, under a window and of everything. */
final class Pools {
  private Pools() {}

  static void register(Operators.Registry registry) {
    registry.add("MaxPool", "1-D and 2-D; no indices", Pools::max);
    registry.add("AveragePool", "1-D and 2-D", Pools::average);
    registry.add("GlobalMaxPool", "2-D", (n, net) -> global(n, net, Reduce.Function.MAX));
    registry.add("GlobalAveragePool", "2-D", (n, net) -> global(n, net, Reduce.Function.MEAN));
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
    output(node, network, op, windows, Float.NEGATIVE_INFINITY);
  }

  private static void average(OnnxNode node, Translation network) {
    Windows windows = Windows.of(node, node.longs("kernel_shape"));
    boolean counted = node.flag("count_include_pad", false);
    if (windows.same() && !counted) {
      throw node.unsupported("auto_pad SAME without count_include_pad");
    }
    Op op =
        new AvgPool2d(
            windows.kernel(),
            windows.stride(),
            windows.before(),
            windows.after(),
            windows.dilation(),
            node.flag("ceil_mode", false),
            counted);
    output(node, network, op, windows, 0);
  }

  private static void output(
      OnnxNode node, Translation network, Op op, Windows windows, float padding) {
    Operand in = node.input(0);
    if (node.longs("kernel_shape").length == 1) {
      OneDimension.output(
          node,
          network,
          in,
          image -> network.part(node, op, windows.padded(node, network, image, padding)));
    } else {
      network.output(node, op, windows.padded(node, network, in, padding));
    }
  }

  private static void global(OnnxNode node, Translation network, Reduce.Function function) {
    network.output(node, new Reduce(function, List.of(2, 3), true), node.input(0));
  }
}
