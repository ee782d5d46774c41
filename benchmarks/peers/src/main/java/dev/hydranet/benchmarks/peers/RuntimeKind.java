package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.HydraNetwork;
import java.util.Locale;
import java.util.Map;

/** The runtimes that are compared. */
enum RuntimeKind {
  /** This engine. */
  HYDRANET(
      "this engine",
      (files, scenario, threads, picture) ->
          HydraNetPeer.load(
              files.safetensors(scenario), Map.of(HydraNetwork.INPUT, picture), threads)),
  ONNXRUNTIME(
      "ONNX Runtime",
      (files, scenario, threads, picture) ->
          new OnnxRuntimePeer(
              files.onnx(scenario),
              Map.of(HydraNetwork.INPUT, picture),
              scenario.outputShapes(),
              threads)),
  TFLITE("TF Lite XNNPACK", TfLitePeer::new),
  OPENCV("OpenCV DNN", OpenCvPeer::new),
  PYTORCH("PyTorch", PyTorchPeer::new);

  /** Loads a network. */
  private interface Loader {
    Peer load(ModelFiles files, Scenario scenario, int threads, Tensor picture) throws Exception;
  }

  private final String label;
  private final Loader loader;

  RuntimeKind(String label, Loader loader) {
    this.label = label;
    this.loader = loader;
  }

  /** Its name in tables. */
  String label() {
    return label;
  }

  /** Its name among the options. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Loads a network from its files, to run on a picture. */
  Peer load(ModelFiles files, Scenario scenario, int threads, Tensor picture) throws Exception {
    return loader.load(files, scenario, threads, picture);
  }
}
