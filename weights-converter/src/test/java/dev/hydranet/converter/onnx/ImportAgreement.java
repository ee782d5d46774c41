package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Difference;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.engine.weights.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asserts that a model that is imported, by both executors and after a round through a file, gives
 * what ONNX Runtime gives for the model itself.
 */
final class ImportAgreement {
  private ImportAgreement() {}

  static void check(Path folder, ModelMaker maker, Map<String, Tensor> inputs) throws Exception {
    Path file = Files.write(folder.resolve("model.onnx"), maker.bytes());
    Map<String, Tensor> expected;
    try (OrtModel model = new OrtModel(file)) {
      expected = model.run(inputs);
    }
    OnnxModel.read(file).write(folder.resolve("model.safetensors"), Map.of(), DType.F32);
    Network network = Network.load(folder.resolve("model.safetensors"));
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Network special = network.specialize(shapes, network.graph().outputs());
    List<String> outputs = List.copyOf(expected.keySet());
    Map<String, Double> tolerances = Tolerance.of(special.graph(), shapes, outputs);

    Map<String, Tensor> reference = network.reference(inputs, outputs);
    Session session = network.newSession(shapes, Threads.of(2));
    Map<String, Tensor> planned = session.newOutputs();
    session.run(inputs, planned);
    for (String output : outputs) {
      close("the reference", output, reference, expected, tolerances);
      close("the plan", output, planned, expected, tolerances);
    }
  }

  private static void close(
      String subject,
      String output,
      Map<String, Tensor> found,
      Map<String, Tensor> expected,
      Map<String, Double> tolerances) {
    assertThat(found.get(output).shape())
        .as("shape of %s of %s", output, subject)
        .isEqualTo(expected.get(output).shape());
    assertThat(Difference.between(found.get(output), expected.get(output)).maxRelative())
        .as("%s of %s against ONNX Runtime", output, subject)
        .isLessThanOrEqualTo(tolerances.get(output));
  }
}
