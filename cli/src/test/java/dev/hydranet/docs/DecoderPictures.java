package dev.hydranet.docs;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.network.Features;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.RefineNet;
import dev.hydranet.network.Variant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** RefineNet, what is left of it, and the whole network. */
final class DecoderPictures {
  private static final int CHANNELS = 256;

  private DecoderPictures() {}

  /** A block of the paper beside the level at an eighth of the image. */
  static Diagram refineNet() {
    Diagram diagram =
        new Diagram("A RefineNet block beside a level of Light-Weight RefineNet", 424);
    Graph paper = block();
    Graph light = Variant.KITTI.network().graph();
    diagram.text(124, 26, "m b", "RefineNet").text(356, 26, "m b", "Light-Weight, in HydraNet");
    String[] titles = {"two paths", "adapt", "fuse", "pool", "output"};
    String[] left = {
      "",
      "2 residual conv units each",
      "3 × 3, resize, sum",
      "pool 5 × 5, 3 × 3; twice",
      "residual conv unit"
    };
    String[] right = {
      "", "none", "1 × 1, resize, sum, ReLU6", "pool 5 × 5, 1 × 1; 4 times", "none"
    };
    long[] leftWeights = {
      0,
      parameters(paper, "block.adapt."),
      parameters(paper, "block.fuse."),
      parameters(paper, "block.pool."),
      parameters(paper, "block.output.")
    };
    long[] rightWeights = {
      0, 0, parameters(light, "conv4.", "conv_adapt3."), parameters(light, "crp2."), 0
    };
    for (int i = 1; i < titles.length; i++) {
      double y = 48 + (i - 1) * 84;
      part(diagram, 16, y, left[i], leftWeights[i], "blue");
      part(diagram, 248, y, right[i], rightWeights[i], rightWeights[i] == 0 ? "off" : "green");
      if (i < titles.length - 1) {
        diagram.arrow("", 124, y + 60, 124, y + 84).arrow("", 356, y + 60, 356, y + 84);
      }
    }
    diagram.text(124, 402, "m b", weights(sum(leftWeights)));
    return diagram.text(356, 402, "m b", weights(sum(rightWeights)));
  }

  private static void part(
      Diagram diagram, double x, double y, String what, long count, String colour) {
    diagram.box(x, y, 216, 60, colour);
    diagram.text(x + 108, y + (count == 0 ? 35 : 26), count == 0 ? "m s" : "m", what);
    if (count > 0) {
      diagram.text(x + 108, y + 46, "m s", weights(count));
    }
  }

  /** The paper's block on two paths of as many channels as HydraNet's decoder has. */
  private static Graph block() {
    GraphBuilder g = new GraphBuilder();
    Features fine = new Features(g.input("fine"), CHANNELS);
    Features coarse = new Features(g.input("coarse"), CHANNELS);
    g.output("out", RefineNet.block(g, "block", List.of(fine, coarse)).value());
    return g.build();
  }

  private static long parameters(Graph graph, String... prefixes) {
    return graph.parameters().entrySet().stream()
        .filter(parameter -> List.of(prefixes).stream().anyMatch(parameter.getKey()::startsWith))
        .mapToLong(parameter -> parameter.getValue().shape().elementCount())
        .sum();
  }

  private static long sum(long[] numbers) {
    long sum = 0;
    for (long number : numbers) {
      sum += number;
    }
    return sum;
  }

  private static String weights(long count) {
    return String.format(Locale.ROOT, "%,d weights", count);
  }

  /** Four stages, each on the one before, all added. */
  static Diagram chainedPooling() {
    Diagram diagram =
        new Diagram("Chained residual pooling: pools and convolutions in a chain, all summed", 330);
    diagram.text(16, 26, "b", "Chained residual pooling");
    diagram.box(16, 44, 110, 34, "plain", "x");
    diagram.arrow("", 126, 61, 426, 61, 426, 100);
    for (int i = 0; i < 4; i++) {
      double y = 96 + i * 52;
      diagram.arrow("", 71, y - 18, 71, y);
      diagram.box(16, y, 110, 34, "orange", "pool 5 × 5");
      diagram.arrow("", 126, y + 17, 162, y + 17);
      diagram.box(162, y, 130, 34, "blue", "conv 1 × 1");
      if (i < 3) {
        diagram.line("", 227, y + 34, 227, y + 43, 71, y + 43);
      }
      diagram.arrow("", 292, y + 17, 412, y + 17);
      diagram.text(344, y + 11, "m s", "sees " + (5 + 4 * i) + " × " + (5 + 4 * i));
      diagram.dot(426, y + 17, 12, "wire").text(426, y + 22, "m", "+");
      diagram.arrow("", 426, y + 29, 426, i < 3 ? y + 56 : y + 66);
    }
    return diagram;
  }

  /** All of the network, by size. */
  static Diagram hydraNet() {
    Diagram diagram = new Diagram("HydraNet: encoder down, decoder up, a head for each task", 498);
    Graph graph = Variant.KITTI.network().graph();
    Map<String, Shape> shapes = graph.shapes(Map.of(HydraNetwork.INPUT, Shape.of(1, 3, 480, 640)));
    String[][] encoder = {
      {"layer1", "layer2"}, {"layer3"}, {"layer4"}, {"layer5", "layer6"}, {"layer7", "layer8"}
    };
    String[] decoder = {"", "crp1", "crp2", "crp3", "crp4"};
    diagram.box(96, 16, 166, 34, "plain", "image, 3 × 480 × 640");
    diagram.arrow("", 179, 50, 179, 78);
    for (int row = 0; row < encoder.length; row++) {
      double y = 78 + row * 78;
      String first = encoder[row][0];
      Shape shape = shapes.get(graph.resolve(first));
      diagram.text(16, y + 22, "s", shape.height() + " × " + shape.width());
      double width = 166.0 / encoder[row].length;
      for (int i = 0; i < encoder[row].length; i++) {
        String label = encoder[row][i];
        int channels = shapes.get(graph.resolve(label)).channels();
        double gap = encoder[row].length == 1 ? 0 : 3;
        double x = 96 + i * width;
        diagram.box(x + i * gap, y, width - gap, 50, "blue");
        diagram
            .text(x + width / 2, y + 21, "m", label)
            .text(x + width / 2, y + 40, "m s", "" + channels);
      }
      if (row < encoder.length - 1) {
        diagram.arrow("", 179, y + 50, 179, y + 78);
      }
      if (row > 0) {
        Shape out = shapes.get(graph.resolve(decoder[row]));
        diagram.arrow("", 262, y + 25, 300, y + 25);
        diagram.box(300, y, 164, 50, "green");
        diagram.text(382, y + 21, "m", "sum, " + decoder[row]);
        diagram.text(382, y + 40, "m s", "" + out.channels());
        diagram.arrow("", 382, y, 382, row == 1 ? 66 : y - 28);
      }
    }
    String[] heads = {"segm", "depth"};
    for (int i = 0; i < heads.length; i++) {
      Shape out = shapes.get(heads[i]);
      double x = 300 + i * 84;
      diagram.box(x, 16, 80, 50, "orange").text(x + 40, 37, "m", heads[i]);
      diagram.text(x + 40, 56, "m s", "" + out.channels());
      diagram.text(392, 116, "s", out.height() + " × " + out.width());
    }
    diagram.text(16, 464, "s", "The numbers are channels. A sum takes the layers in its row,");
    return diagram.text(
        16, 482, "s", "each behind a 1 × 1 convolution, and what comes from below.");
  }
}
