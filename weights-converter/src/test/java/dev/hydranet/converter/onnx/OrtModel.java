package dev.hydranet.converter.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ONNX file, loaded and run by ONNX Runtime on one thread of the processor. */
final class OrtModel implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  OrtModel(Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = ENVIRONMENT.createSession(file.toString(), options);
    }
  }

  /** All outputs for the given inputs. */
  Map<String, Tensor> run(Map<String, Tensor> inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        long[] extents = Arrays.stream(input.getValue().shape().toArray()).asLongStream().toArray();
        FloatBuffer numbers = FloatBuffer.wrap(input.getValue().data());
        tensors.put(input.getKey(), OnnxTensor.createTensor(ENVIRONMENT, numbers, extents));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (String name : session.getOutputNames()) {
          outputs.put(name, tensor((OnnxTensor) result.get(name).orElseThrow()));
        }
        return outputs;
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  OrtSession session() {
    return session;
  }

  private static Tensor tensor(OnnxTensor onnx) {
    int[] extents = Arrays.stream(onnx.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    FloatBuffer numbers = onnx.getFloatBuffer();
    float[] data = new float[numbers.remaining()];
    numbers.get(data);
    return Tensor.of(Shape.of(extents), data);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
