package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.SeededTensors;
import dev.hydranet.network.HydraNetwork;
import dev.hydranet.network.Task;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/onnx.md, run. */
class ExportExampleTest {
  @TempDir private Path folder;

  @Test
  void writesValuesOfAnyGraph() throws Exception {
    Path file = folder.resolve("mine.onnx");
    Graph graph = HydraNetwork.of(5, EnumSet.of(Task.SEGM)).scaled(0.1).graph();
    Map<String, Tensor> weights = SeededTensors.parameters(graph, 1);
    OnnxExport.write(
        file,
        graph,
        weights,
        Map.of("input", new InputShape.AnySize(3)), // or Fixed(Shape.of(1, 3, 480, 640))
        List.of("layer4", "crp1"), // any values of the graph; what they do not need is left out
        Map.of("key", "value")); // metadata

    try (OrtModel model = new OrtModel(file)) {
      assertThat(model.session().getOutputNames()).containsExactlyInAnyOrder("layer4", "crp1");
      assertThat(model.session().getMetadata().getCustomMetadata()).containsEntry("key", "value");
    }
  }
}
