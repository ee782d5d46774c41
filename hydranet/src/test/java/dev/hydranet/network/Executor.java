package dev.hydranet.network;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ways to compute values of a graph. */
enum Executor {
  REFERENCE,
  PLAN_ONE_THREAD,
  PLAN_TWO_THREADS;

  static final Set<Executor> ALL = EnumSet.allOf(Executor.class);
  static final Set<Executor> PLANS = EnumSet.of(PLAN_ONE_THREAD, PLAN_TWO_THREADS);

  Map<String, Tensor> run(
      Graph graph,
      Map<String, Tensor> weights,
      Map<String, Tensor> inputs,
      Collection<String> wanted) {
    if (this == REFERENCE) {
      return ReferenceExecutor.run(graph, weights, inputs, wanted);
    }
    Threads threads = Threads.of(this == PLAN_ONE_THREAD ? 1 : 2);
    Session session = Planner.plan(graph, weights, wanted).newSession(shapes(inputs), threads);
    Map<String, Tensor> outputs = session.newOutputs();
    session.run(inputs, outputs);
    return outputs;
  }

  static Map<String, Shape> shapes(Map<String, Tensor> tensors) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }
}
