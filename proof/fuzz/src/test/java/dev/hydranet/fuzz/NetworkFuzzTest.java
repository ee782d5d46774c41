package dev.hydranet.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Graphs as JSON, as they stand in the metadata of a network's file. */
class NetworkFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void load(byte[] graph) throws IOException {
    Scratch.read(graph, NetworkFuzzTest::load);
  }

  private static void load(Path path) throws IOException {
    Path file = Scratch.file("network");
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    Map<String, Tensor> none = Map.of();
    Safetensors.write(file, none, Map.of(Network.GRAPH, text), DType.F32);
    try {
      NetworkPlanning.plan(Network.load(file));
    } catch (WeightsFormatException e) {
      Scratch.assertOneLine(file, e);
    } finally {
      Files.delete(file);
    }
  }
}
