package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.Scenario;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.plan.Threads;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.weights.Safetensors;
import dev.hydranet.network.HydraNetwork;
import java.io.IOException;
import java.util.Map;

/** This engine. */
final class HydraNetPeer implements Peer {
  private final Map<String, Tensor> input;
  private final Session session;
  private final Map<String, Tensor> outputs;

  HydraNetPeer(ModelFiles files, Scenario scenario, int threads, Tensor picture)
      throws IOException {
    Map<String, Tensor> weights = Safetensors.read(files.safetensors(scenario)).tensors();
    session =
        Planner.plan(HydraNetwork.of(weights).graph(), weights)
            .newSession(scenario.shape(), Threads.of(threads));
    outputs = session.newOutputs();
    input = Map.of(HydraNetwork.INPUT, picture);
  }

  @Override
  public String version() {
    return Engine.info().reason();
  }

  @Override
  public void run() {
    session.run(input, outputs);
  }

  @Override
  public Map<String, Tensor> outputs() {
    return outputs;
  }

  @Override
  public void close() {}
}
