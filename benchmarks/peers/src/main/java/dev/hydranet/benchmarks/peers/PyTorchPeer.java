package dev.hydranet.benchmarks.peers;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** PyTorch through the Deep Java Library, on a TorchScript model that is channels last. */
final class PyTorchPeer implements Peer {
  static {
    // The library would fetch what it misses, and tell its makers that it is used.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private final Scenario scenario;
  private final int threads;
  private final Model model;
  private final Predictor<NDList, NDList> predictor;
  private final NDList input;
  private NDList outputs;

  PyTorchPeer(ModelFiles files, Scenario scenario, int threads, Tensor picture)
      throws IOException, MalformedModelException {
    this.scenario = scenario;
    this.threads = threads;
    model = Model.newInstance(scenario.name(), PtEngine.ENGINE_NAME);
    model.load(files.folder(), scenario.name());
    predictor = model.newPredictor(new NoopTranslator(null));
    long[] extents = Arrays.stream(picture.shape().toArray()).asLongStream().toArray();
    input = new NDList(model.getNDManager().create(picture.data(), new Shape(extents)));
  }

  @Override
  public String version() {
    return Engine.getEngine(PtEngine.ENGINE_NAME).getVersion();
  }

  /** The number of threads is one for all of PyTorch. */
  @Override
  public void run() throws TranslateException {
    if (outputs != null) {
      outputs.close();
    }
    JniUtils.setNumThreads(threads);
    outputs = predictor.predict(input);
  }

  @Override
  public Map<String, Tensor> outputs() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    scenario
        .outputShapes()
        .forEach(
            (name, shape) -> {
              NDArray output = outputs.get(tensors.size());
              tensors.put(name, Tensor.of(shape, output.toFloatArray()));
            });
    return tensors;
  }

  @Override
  public void close() {
    if (outputs != null) {
      outputs.close();
    }
    predictor.close();
    model.close();
  }
}
