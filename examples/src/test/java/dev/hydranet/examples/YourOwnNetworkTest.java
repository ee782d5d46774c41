package dev.hydranet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.WeightsMismatchException;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YourOwnNetworkTest {
  @TempDir Path folder;

  @Test
  void answersAsTheReferenceDoes() throws Exception {
    Path file = folder.resolve("untrained.safetensors");
    YourOwnNetwork.writeUntrainedWeights(file);
    Tensor image = Tensor.zeros(Shape.of(1, 3, 20, 30));
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = i % 7 / 7f;
    }
    Graph graph = YourOwnNetwork.graph();
    Tensor expected =
        ReferenceExecutor.run(
                graph, Safetensors.read(file).tensors(), Map.of("image", image), List.of("classes"))
            .get("classes");
    assertThat(YourOwnNetwork.classify(file, image))
        .containsExactly(expected.data(), within(1e-5f));
    YourOwnNetwork.main(new String[] {file.toString()});
  }

  @Test
  void namesTheWeightsThatAreMissing() throws Exception {
    Path file = folder.resolve("incomplete.safetensors");
    YourOwnNetwork.writeUntrainedWeights(file);
    Map<String, Tensor> weights = new HashMap<>(Safetensors.read(file).tensors());
    weights.remove("fc.bias");
    Safetensors.write(file, weights, Map.of(), DType.F32);
    assertThatThrownBy(() -> YourOwnNetwork.classify(file, Tensor.zeros(Shape.of(1, 3, 8, 8))))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessage("the weights do not fit the network: missing fc.bias [10]");
  }
}
