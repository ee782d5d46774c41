package dev.hydranet.engine.verify;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A graph run once by a plan. */
final class Executors {
  private Executors() {}

  static Map<String, Tensor> runPlan(
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, Tensor> inputs,
      Collection<String> wanted,
      Threads threads) {
    Session session = Planner.plan(graph, weights, wanted).newSession(shapes(inputs), threads);
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    return outputs;
  }

  static Map<String, Shape> shapes(Map<String, Tensor> tensors) {
    Map<String, Shape> shapes = new HashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }
}
