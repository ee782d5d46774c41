package dev.hydranet.docs;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Variant;
import java.util.Locale;
import java.util.Map;

/** The inverted residual block. */
final class EncoderPictures {
  private static final double CENTRE = 170;

  private EncoderPictures() {}

  /** Layer4.1 of the HydraNet, as wide as its tensors have channels. */
  static Svg invertedResidual() {
    Graph graph = Variant.KITTI.network().graph();
    Map<String, Shape> shapes = graph.shapes(Map.of(HydraNetwork.INPUT, Shape.of(1, 3, 480, 640)));
    Svg svg = new Svg("The inverted residual block layer4.1: narrow, wide, wide, narrow", 404);
    svg.text(16, 26, "b", "layer4.1, widths as channels");
    String block = "layer4.1.output.";
    tensor(svg, 48, "plain", shapes.get(graph.resolve("layer4.0.output.2.1")));
    operator(svg, 78, "1 × 1, batch norm, ReLU6");
    tensor(svg, 132, "orange", shapes.get(block + "0.0"));
    operator(svg, 162, "3 × 3 each channel, batch norm, ReLU6");
    tensor(svg, 216, "orange", shapes.get(block + "1.0"));
    operator(svg, 246, "1 × 1, batch norm; no ReLU6");
    tensor(svg, 300, "plain", shapes.get(block + "2.0"));
    svg.arrow("", CENTRE, 330, CENTRE, 356).text(CENTRE, 376, "m", "+");
    svg.dot(CENTRE, 371, 12, "line");
    svg.arrow("", CENTRE - 26, 63, 24, 63, 24, 371, CENTRE - 14, 371);
    return svg.text(CENTRE + 24, 376, "s", "layer4.1.sum");
  }

  private static void tensor(Svg svg, double y, String colour, Shape shape) {
    double width = shape.channels() * 1.3;
    svg.box(CENTRE - width / 2, y, width, 30, colour);
    svg.text(CENTRE, y + 20, "m", "" + shape.channels());
    String megabytes =
        String.format(Locale.ROOT, "%.1f MB", shape.elementCount() * (double) Float.BYTES / 1e6);
    svg.text(308, y + 13, "", shape.channels() + " × " + shape.height() + " × " + shape.width());
    svg.text(308, y + 31, "s", megabytes);
  }

  private static void operator(Svg svg, double y, String what) {
    svg.arrow("", CENTRE, y, CENTRE, y + 54);
    svg.text(CENTRE + 12, y + 31, "s", what);
  }
}
