package dev.hydranet.examples.ocr;

import dev.hydranet.converter.onnx.OnnxModel;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs an ONNX model with one input and one output on inputs of any shape. It keeps a session for
 * each shape that it has seen. Not thread-safe.
 */
final class AnyShape {
  private final Network network;
  private final Threads threads;
  private final Map<Shape, Session> sessions = new HashMap<>();

  private AnyShape(Network network, Threads threads) {
    this.network = network;
    this.threads = threads;
  }

  /**
   * {@return the model in a file}
   *
   * @param file an ONNX file
   * @param threads the threads that compute
   * @throws IOException if the model cannot be read or is not supported
   */
  static AnyShape read(Path file, Threads threads) throws IOException {
    return new AnyShape(OnnxModel.read(file), threads);
  }

  /**
   * {@return the model's output}
   *
   * @param input a tensor of a shape that the model supports
   */
  Tensor run(Tensor input) {
    String name = network.graph().inputs().getFirst();
    Session session =
        sessions.computeIfAbsent(
            input.shape(), shape -> network.newSession(Map.of(name, shape), threads));
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(Map.of(name, input), outputs);
    return outputs.values().iterator().next();
  }
}
