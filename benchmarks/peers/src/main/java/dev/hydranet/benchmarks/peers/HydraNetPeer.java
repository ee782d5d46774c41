package dev.hydranet.benchmarks.peers;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** This engine. */
final class HydraNetPeer implements Peer {
  private final Map<String, Tensor> inputs;
  private final Session session;
  private final Map<String, Tensor> outputs;

  /** Plans a graph. */
  HydraNetPeer(Graph graph, Map<String, Tensor> weights, Map<String, Tensor> inputs, int threads) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    this.inputs = inputs;
    session = Planner.plan(graph, weights).newSession(shapes, Threads.of(threads));
    outputs = session.newOutputs();
  }

  /** Loads a network. */
  static HydraNetPeer load(Path file, Map<String, Tensor> inputs, int threads) throws IOException {
    Map<String, Tensor> weights = Safetensors.read(file).tensors();
    return new HydraNetPeer(HydraNetwork.of(weights).graph(), weights, inputs, threads);
  }

  @Override
  public String version() {
    return Engine.info().reason();
  }

  @Override
  public void run() {
    session.run(inputs, outputs);
  }

  @Override
  public Map<String, Tensor> outputs() {
    return outputs;
  }

  @Override
  public void close() {}
}
