package dev.hydranet.engine.plan;

import dev.hydranet.engine.compile.Compiler;
import dev.hydranet.engine.events.FlightRecorder;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.kernel.choice.Kernels;
import dev.hydranet.engine.run.StepGroup;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Compiles a graph and its weights into a {@link Plan}: decides what is computed together, folds
 * batch normalisation into convolutions, packs weights for the kernels in use.
 */
public final class Planner {
  private Planner() {}

  /**
   * Plans for the graph's outputs.
   *
   * @param graph any
   * @param weights the graph's parameters by full name; they are copied
   * @return a plan that may be shared among threads
   * @throws dev.hydranet.engine.graph.WeightsMismatchException if the weights are not the graph's
   */
  public static Plan plan(Graph graph, Map<String, Tensor> weights) {
    return plan(graph, weights, graph.outputs());
  }

  /**
   * Plans for any values of the graph: labels or names of nodes. What no wanted value needs is not
   * computed.
   *
   * @param graph any
   * @param weights the graph's parameters by full name; they are copied
   * @param wanted what its sessions give, in this order
   * @return a plan that may be shared among threads
   * @throws dev.hydranet.engine.graph.WeightsMismatchException if the weights are not the graph's
   * @throws IllegalArgumentException if there is no value of such a name
   */
  public static Plan plan(Graph graph, Map<String, Tensor> weights, Collection<String> wanted) {
    long began = System.nanoTime();
    graph.checkWeights(weights);
    KernelProvider kernels = Kernels.provider();
    kernels.warmUp();
    List<StepGroup> groups = Compiler.compile(graph, weights, kernels, wanted);
    FlightRecorder.planMade(graph.nodes().size(), groups.size(), Kernels.choice().reason(), began);
    return new Plan(graph, kernels, groups, List.copyOf(new LinkedHashSet<>(wanted)));
  }
}
