package dev.hydranet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hydranet.converter.onnx.OnnxModel;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.weights.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * ONNX models, as whole files: what is read can be written, reads as the same network, and is
 * planned for inputs of the shape that it declares.
 */
class OnnxFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void read(byte[] file) throws IOException {
    Scratch.read(file, OnnxFuzzTest::read);
  }

  private static void read(Path path) throws IOException {
    Network network;
    try {
      network = OnnxModel.read(path);
    } catch (WeightsFormatException e) {
      Scratch.assertOneLine(path, e);
      return;
    }
    Path copy = Scratch.file("copy");
    network.write(copy, Map.of(), DType.F32);
    Network again = Network.load(copy);
    Files.delete(copy);
    assertThat(again.graph().nodes()).isEqualTo(network.graph().nodes());
    assertThat(again.graph().outputs()).isEqualTo(network.graph().outputs());
    assertThat(again.weights()).hasSameSizeAs(network.weights());
    NetworkPlanning.plan(again);
  }
}
