package dev.hydranet.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
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
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  /** Loads a model. */
  OnnxRuntimePeer(
      Path model, Map<String, Tensor> inputs, Map<String, Shape> outputShapes, int threads)
      throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(threads);
      session = ENVIRONMENT.createSession(model.toString(), options);
    }
    this.inputs = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      this.inputs.put(input.getKey(), tensor(input.getValue()));
    }
    outputs = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> output : outputShapes.entrySet()) {
      outputs.put(output.getKey(), tensor(Tensor.zeros(output.getValue())));
    }
  }

  @Override
  public String version() {
    return ENVIRONMENT.getVersion();
  }

  @Override
  public void run() throws OrtException {
    session.run(inputs, outputs).close();
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
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
  }
}
