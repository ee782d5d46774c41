package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.converter.onnx.InputShape;
import dev.hydranet.converter.onnx.OnnxExport;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.DType;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The networks as files, which every runtime loads from.
 *
 * @param folder where they are
 */
record ModelFiles(Path folder) {
  /** Writes a network's weights and the models of it, for pictures of the scenario's size. */
  void write(Scenario scenario) throws IOException {
    Graph graph = scenario.graph();
    Map<String, Tensor> weights = scenario.weights();
    Safetensors.write(safetensors(scenario), weights, Map.of(), DType.F32);
    Map<String, InputShape> inputs =
        Map.of(HydraNetwork.INPUT, new InputShape.Fixed(scenario.shape()));
    OnnxExport.write(onnx(scenario), graph, weights, inputs, Map.of());
    Layers layers = new Layers(graph, weights, Map.of(HydraNetwork.INPUT, scenario.shape()));
    TfLiteExport.write(tfLite(scenario), layers);
    TorchScriptExport.write(torchScript(scenario), layers);
  }

  Path safetensors(Scenario scenario) {
    return folder.resolve(scenario + ".safetensors");
  }

  Path tfLite(Scenario scenario) {
    return folder.resolve(scenario + ".tflite");
  }

  Path torchScript(Scenario scenario) {
    return folder.resolve(scenario + ".pt");
  }

  Path onnx(Scenario scenario) {
    return folder.resolve(scenario + ".onnx");
  }
}
