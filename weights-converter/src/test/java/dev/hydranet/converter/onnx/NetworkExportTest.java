package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.GraphBuilder;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.network.Features;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.MobileNetV2;
import dev.hydranet.network.RefineNet;
import dev.hydranet.network.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The library's networks, exported whole, run by ONNX Runtime and by both executors. */
class NetworkExportTest {
  private static final long SEED = 1;
  private static final Map<String, InputShape> ANY_IMAGE =
      Map.of(HydraNetwork.INPUT, new InputShape.AnySize(3));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void oneExportServesEverySize(Variant variant) throws Exception {
    Graph graph = variant.network().graph();
    agrees(
        variant.id(),
        graph,
        graph.outputs(),
        ANY_IMAGE,
        images(
            Shape.of(1, 3, 33, 33),
            Shape.of(1, 3, 97, 131),
            Shape.of(1, 3, 1, 1),
            Shape.of(2, 3, 33, 47)));
  }

  @ParameterizedTest
  @CsvSource({"KITTI, 97, 131", "NYUD3, 33, 33", "NYUDKITTI, 1, 1"})
  void exportsOfOneSize(Variant variant, int height, int width) throws Exception {
    Graph graph = variant.network().graph();
    Shape shape = Shape.of(1, 3, height, width);
    agrees(
        variant.id(),
        graph,
        graph.outputs(),
        Map.of(HydraNetwork.INPUT, new InputShape.Fixed(shape)),
        images(shape));
  }

  @Test
  void everyLayer() throws Exception {
    Graph graph = Variant.NYUD3.network().graph();
    List<String> layers = List.copyOf(graph.labels().keySet());
    assertThat(layers).contains("layer1", "conv8", "crp1", "conv_adapt2", "pre_normal", "segm");
    agrees("nyud3", graph, layers, ANY_IMAGE, images(Shape.of(1, 3, 35, 66)));
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1000", "0.35, 7"})
  void mobileNetV2(double width, int classes) throws Exception {
    Graph graph = MobileNetV2.of(width, classes).graph();
    agrees(
        "MobileNetV2 of width " + width,
        graph,
        graph.outputs(),
        Map.of(MobileNetV2.INPUT, new InputShape.AnySize(3)),
        images(Shape.of(2, 3, 64, 64), Shape.of(1, 3, 33, 47), Shape.of(1, 3, 1, 1)));
  }

  @Test
  void refineNetBlock() throws Exception {
    GraphBuilder g = new GraphBuilder();
    List<Features> paths =
        List.of(
            new Features(g.input("fine"), 24),
            new Features(g.input("middle"), 17),
            new Features(g.input("coarse"), 9));
    g.output("fused", RefineNet.block(g, "refine", paths).value());
    Graph graph = g.build();

    Map<String, InputShape> accepted = new LinkedHashMap<>();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    int side = 27;
    for (int i = 0; i < paths.size(); i++) {
      String name = graph.inputs().get(i);
      Shape shape = Shape.of(2, paths.get(i).channels(), side, side + 4);
      accepted.put(name, new InputShape.AnySize(shape.channels()));
      inputs.put(name, SeededTensors.uniform(name, shape, SEED));
      side = (side + 1) / 2;
    }
    agrees("RefineNet's block", graph, graph.outputs(), accepted, List.of(inputs));
  }

  private static List<Map<String, Tensor>> images(Shape... shapes) {
    List<Map<String, Tensor>> images = new ArrayList<>();
    for (Shape shape : shapes) {
      images.add(Map.of("input", SeededTensors.picture("input", shape, SEED)));
    }
    return images;
  }

  private void agrees(
      String subject,
      Graph graph,
      List<String> outputs,
      Map<String, InputShape> accepted,
      List<Map<String, Tensor>> inputs)
      throws Exception {
    Map<String, Tensor> weights = SeededTensors.parameters(graph, SEED);
    Path file = folder.resolve("network.onnx");
    OnnxExport.write(file, graph, weights, accepted, outputs, Map.of());
    try (OrtModel model = new OrtModel(file)) {
      assertThat(model.session().getInputNames()).containsExactlyElementsOf(graph.inputs());
      assertThat(model.session().getOutputNames()).containsExactlyElementsOf(outputs);
      for (Map<String, Tensor> input : inputs) {
        OrtAgreement.check(
            subject + " of " + accepted + ", seed " + SEED + " at " + input,
            graph,
            weights,
            model,
            input);
      }
    }
  }
}
