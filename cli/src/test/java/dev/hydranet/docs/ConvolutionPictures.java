package dev.hydranet.docs;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Parameter;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Variant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Convolutions: what each output is made of, and what they cost. */
final class ConvolutionPictures {
  private ConvolutionPictures() {}

  /** A 3x3 window on a padded plane, at a stride of 2. */
  static Diagram window() {
    int side = 28;
    Diagram diagram =
        new Diagram("A 3x3 convolution with padding 1 and stride 2 on a plane of 5x5 pixels", 330);
    diagram.text(16, 26, "b", "3 × 3, stride 2, padding 1");
    diagram.grid(20, 44, 7, 7, side, "off").grid(20 + side, 44 + side, 5, 5, side, "plain");
    diagram.grid(20 + 2 * side, 44, 3, 3, side, "orange");
    diagram.grid(20 + 2 * side, 44, 1, 3, side, "off");
    diagram.text(128, 266, "m s", "in: 5 × 5 and a border of zeros");
    diagram.grid(284, 100, 3, 3, side, "plain").square(284 + side, 100, side, "orange");
    diagram.text(326, 206, "m s", "out: 3 × 3");
    diagram.arrow("", 20 + 5 * side + 4, 80, 284 + side, 112);
    diagram.text(222, 56, "s", "27 products from 3 channels,");
    diagram.text(222, 74, "s", "9 from each, make one number");
    diagram.text(16, 300, "c", "height' = (height + 2·1 - 3) / 2 + 1");
    return diagram.text(16, 320, "s", "rounded down: (5 + 2 - 3) / 2 + 1 = 3");
  }

  /** Which channels see which. */
  static Diagram separable() {
    Diagram diagram =
        new Diagram(
            "Standard, depthwise and pointwise convolution: which inputs an output sees", 300);
    String[] names = {"standard 3 × 3", "depthwise 3 × 3", "pointwise 1 × 1"};
    String[] weights = {"4 · 4 · 9 = 144", "4 · 9 = 36", "4 · 4 = 16"};
    for (int kind = 0; kind < names.length; kind++) {
      double x = 24 + kind * 154;
      diagram.text(x + 62, 26, "m b", names[kind]);
      for (int i = 0; i < 4; i++) {
        for (int o = 0; o < 4; o++) {
          if (kind != 1 || i == o) {
            diagram.line("", x + 26, 62 + i * 50, x + 98, 62 + o * 50);
          }
        }
      }
      for (int i = 0; i < 4; i++) {
        double y = 49 + i * 50;
        if (kind == 2) {
          diagram.square(x + 8, y + 4, 18, "blue");
        } else {
          diagram.grid(x - 1, y, 3, 3, 9, "blue");
        }
        diagram.square(x + 98, y + 4, 18, "green");
      }
      diagram.text(x + 62, 256, "m", weights[kind]);
      diagram.text(x + 62, 276, "m s", "weights");
    }
    return diagram;
  }

  /** Where HydraNet's multiply-adds and parameters are. */
  static Diagram shares() {
    Diagram diagram =
        new Diagram("Where the multiply-adds and parameters of KITTI's HydraNet are", 394);
    Graph graph = Variant.KITTI.network().graph();
    Map<String, Shape> shapes = graph.shapes(Map.of(HydraNetwork.INPUT, Shape.of(1, 3, 480, 640)));
    Predicate<Node> pointwise = node -> node.op() instanceof Conv2d conv && conv.isPointwise();
    Predicate<Node> encoder = node -> node.name().startsWith("layer");
    Predicate<Node> filter = node -> is3x3(node) && ((Conv2d) node.op()).isDepthwise();
    Predicate<Node> head = node -> is3x3(node) && !encoder.test(node);
    Predicate<Node> stem = node -> is3x3(node) && encoder.and(filter.negate()).test(node);
    Predicate<Node> scale =
        node ->
            node.op() instanceof Conv2d
                && pointwise.or(ConvolutionPictures::is3x3).negate().test(node);
    List<Map.Entry<String, Predicate<Node>>> kinds =
        List.of(
            Map.entry("pointwise, decoder", pointwise.and(encoder.negate())),
            Map.entry("pointwise, encoder", pointwise.and(encoder)),
            Map.entry("3 × 3, heads", head),
            Map.entry("3 × 3, depthwise", filter),
            Map.entry("3 × 3, stem", stem),
            Map.entry("1 × 1, per channel", scale),
            Map.entry("batch normalisation", node -> !(node.op() instanceof Conv2d)));
    long macs = graph.nodes().stream().mapToLong(node -> macs(node, shapes)).sum();
    long parameters = graph.nodes().stream().mapToLong(node -> parameters(node.op())).sum();
    diagram.text(16, 26, "b", "KITTI's HydraNet at 480 × 640");
    diagram.text(228, 52, "", String.format(Locale.ROOT, "%.2f G MACs", macs / 1e9));
    diagram.text(356, 52, "", String.format(Locale.ROOT, "%.2f M params", parameters / 1e6));
    for (int i = 0; i < kinds.size(); i++) {
      double y = 66 + i * 40;
      List<Node> nodes = graph.nodes().stream().filter(kinds.get(i).getValue()).toList();
      diagram.text(16, y + 19, "", kinds.get(i).getKey());
      bar(
          diagram,
          228,
          y,
          (double) nodes.stream().mapToLong(n -> macs(n, shapes)).sum() / macs,
          "blue");
      double share = (double) nodes.stream().mapToLong(n -> parameters(n.op())).sum() / parameters;
      bar(diagram, 356, y, share, "orange");
    }
    List<Node> filters = graph.nodes().stream().filter(filter).toList();
    for (Node node : filters) {
      int others = ((Conv2d) node.op()).inChannels() - 1;
      macs += others * macs(node, shapes);
      parameters += others * parameters(node.op());
    }
    diagram.text(16, 372, "", "if depthwise were standard");
    diagram.text(228, 372, "b", String.format(Locale.ROOT, "%.1f G", macs / 1e9));
    return diagram.text(356, 372, "b", String.format(Locale.ROOT, "%.1f M", parameters / 1e6));
  }

  private static void bar(Diagram diagram, double x, double y, double share, String colour) {
    if (share > 0) {
      diagram.box(x, y + 2, Math.max(1, share * 90), 24, colour);
    }
    String format = share == 0 ? "0" : share < 0.01 ? "%.2f %%" : "%.1f %%";
    String text = String.format(Locale.ROOT, format, share * 100);
    diagram.text(x + share * 90 + 6, y + 19, "", text);
  }

  private static boolean is3x3(Node node) {
    return node.op() instanceof Conv2d conv && conv.kernel().equals(Size.square(3));
  }

  private static long macs(Node node, Map<String, Shape> shapes) {
    return node.op().macs(Graph.inputShapes(node, shapes));
  }

  private static long parameters(Op op) {
    return op.parameters().stream()
        .filter(Parameter::learned)
        .mapToLong(parameter -> parameter.shape().elementCount())
        .sum();
  }
}
