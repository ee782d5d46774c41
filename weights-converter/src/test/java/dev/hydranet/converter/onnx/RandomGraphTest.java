package dev.hydranet.converter.onnx;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.testing.RandomGraph;
import dev.hydranet.engine.testing.SeededTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Graphs that nobody thought of, exported, run by ONNX Runtime and by both executors. Those that
 * take images of any size are exported for any, and run at two.
 */
class RandomGraphTest {
  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRuntimeAgrees(long seed) throws Exception {
    RandomGraph random = RandomGraph.of(seed);
    Graph graph = random.graph();
    Shape shape = random.input().shape();
    boolean anySize = takesAnySize(graph, shape.channels());
    List<Tensor> inputs = new ArrayList<>(List.of(random.input()));
    if (anySize) {
      Shape larger =
          Shape.of(shape.batch() + 1, shape.channels(), shape.height() + 3, 2 * shape.width() + 1);
      inputs.add(SeededTensors.uniform("input", larger, seed));
    }
    InputShape accepted =
        anySize ? new InputShape.AnySize(shape.channels()) : new InputShape.Fixed(shape);
    Path file = folder.resolve("random.onnx");
    Map<String, Tensor> weights = random.weights();
    OnnxExport.write(file, graph, weights, Map.of("input", accepted), Map.of());
    try (OrtModel model = new OrtModel(file)) {
      for (Tensor input : inputs) {
        String subject = accepted + " at " + input + ", " + random;
        OrtAgreement.check(subject, graph, weights, model, Map.of("input", input));
      }
    }
  }

  private static boolean takesAnySize(Graph graph, int channels) {
    try {
      graph.shapes(Map.of("input", Shape.of(1, channels, 512, 640)));
      graph.shapes(Map.of("input", Shape.of(1, channels, 1024, 1280)));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
