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
  static Diagram invertedResidual() {
    Graph graph = Variant.KITTI.network().graph();
    Map<String, Shape> shapes = graph.shapes(Map.of(HydraNetwork.INPUT, Shape.of(1, 3, 480, 640)));
    Diagram diagram =
        new Diagram("The inverted residual block layer4.1: narrow, wide, wide, narrow", 404);
    diagram.text(16, 26, "b", "layer4.1, widths as channels");
    String block = "layer4.1.output.";
    tensor(diagram, 48, "plain", shapes.get(graph.resolve("layer4.0.output.2.1")));
    operator(diagram, 78, "1 × 1, batch norm, ReLU6");
    tensor(diagram, 132, "orange", shapes.get(block + "0.0"));
    operator(diagram, 162, "3 × 3 each channel, batch norm, ReLU6");
    tensor(diagram, 216, "orange", shapes.get(block + "1.0"));
    operator(diagram, 246, "1 × 1, batch norm; no ReLU6");
    tensor(diagram, 300, "plain", shapes.get(block + "2.0"));
    diagram.arrow("", CENTRE, 330, CENTRE, 356).text(CENTRE, 376, "m", "+");
    diagram.dot(CENTRE, 371, 12, "wire");
    diagram.arrow("", CENTRE - 26, 63, 24, 63, 24, 371, CENTRE - 14, 371);
    return diagram.text(CENTRE + 24, 376, "s", "layer4.1.sum");
  }

  private static void tensor(Diagram diagram, double y, String colour, Shape shape) {
    double width = shape.channels() * 1.3;
    diagram.box(CENTRE - width / 2, y, width, 30, colour);
    diagram.text(CENTRE, y + 20, "m", "" + shape.channels());
    String megabytes =
        String.format(Locale.ROOT, "%.1f MB", shape.elementCount() * (double) Float.BYTES / 1e6);
    diagram.text(
        308, y + 13, "", shape.channels() + " × " + shape.height() + " × " + shape.width());
    diagram.text(308, y + 31, "s", megabytes);
  }

  private static void operator(Diagram diagram, double y, String what) {
    diagram.arrow("", CENTRE, y, CENTRE, y + 54);
    diagram.text(CENTRE + 12, y + 31, "s", what);
  }
}
