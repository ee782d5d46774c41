package dev.hydranet.benchmarks.network;

import dev.hydranet.benchmarks.harness.Arms;
import dev.hydranet.benchmarks.harness.Checks;
import dev.hydranet.benchmarks.harness.Cost;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import dev.hydranet.engine.verify.Tolerance;
import dev.hydranet.network.HydraNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;

/** Whole networks, from the normalised image to the heads' outputs. */
public class EndToEnd extends Arms {
  /** Pictures that take turns; the working memory alone is larger than caches. */
  private static final int PICTURES = 8;

  @Param public Scenario scenario;

  @Param({"1", "2"})
  public int threads;

  private final List<Map<String, Tensor>> inputs = new ArrayList<>();
  private Session session;
  private Map<String, Tensor> outputs;
  private double gmacs;
  private double gigabytes;
  private int next;

  @Override
  protected void prepare() {
    Graph graph = scenario.graph();
    Map<String, Tensor> weights = scenario.weights();
    for (int seed = 0; seed < PICTURES; seed++) {
      inputs.add(scenario.input(seed));
    }
    session = Planner.plan(graph, weights).newSession(scenario.shape(), Threads.of(threads));
    outputs = session.newOutputs();
    session.run(inputs.get(0), outputs);
    Map<String, Tensor> expected =
        ReferenceExecutor.run(graph, weights, inputs.get(0), graph.outputs());
    Map<String, Shape> shapes = Map.of(HydraNetwork.INPUT, scenario.shape());
    Map<String, Double> tolerances = Tolerance.of(graph, shapes, graph.outputs());
    graph.outputs().forEach(name -> Checks.close(name, outputs, expected, tolerances));
    gmacs = scenario.macs() / 1e9;
    gigabytes = scenario.bytes() / 1e9;
  }

  @Override
  protected void measure(Cost cost) {
    session.run(inputs.get(next), outputs);
    next = next + 1 == PICTURES ? 0 : next + 1;
    cost.add(gmacs, gigabytes);
  }
}
