package dev.hydranet.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.hydranet.benchmarks.Scenario;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.network.HydraNetwork;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ONNX Runtime on its own CPU kernels, all optimisations on. Input and outputs are native memory
 * that is made once.
 */
final class OnnxRuntimePeer implements Peer {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private final Map<String, OnnxTensor> input;
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

  OnnxRuntimePeer(ModelFiles files, Scenario scenario, int threads, Tensor picture)
      throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(threads);
      session = ENVIRONMENT.createSession(files.onnx(scenario).toString(), options);
    }
    input = Map.of(HydraNetwork.INPUT, tensor(picture));
    for (Map.Entry<String, Shape> output : scenario.outputShapes().entrySet()) {
      outputs.put(output.getKey(), tensor(Tensor.zeros(output.getValue())));
    }
  }

  @Override
  public String version() {
    return ENVIRONMENT.getVersion();
  }

  @Override
  public void run() throws OrtException {
    session.run(input, outputs).close();
  }

  @Override
  public Map<String, Tensor> outputs() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    outputs.forEach((name, output) -> tensors.put(name, tensor(output)));
    return tensors;
  }

  private static OnnxTensor tensor(Tensor tensor) throws OrtException {
    long[] extents = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
    return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(tensor.data()), extents);
  }

  private static Tensor tensor(OnnxTensor tensor) {
    int[] extents = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    FloatBuffer numbers = tensor.getFloatBuffer();
    float[] data = new float[numbers.remaining()];
    numbers.get(data);
    return Tensor.of(Shape.of(extents), data);
  }

  @Override
  public void close() throws OrtException {
    input.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
  }
}
