package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.KernelProvider;
import dev.hydranet.engine.run.StepGroup;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a graph into steps: decides what is computed together, folds and packs weights, and chooses
 * a kernel for each step.
 */
public final class Compiler {
  private Compiler() {}

  /**
   * Compiles a graph.
   *
   * @param graph any
   * @param weights the graph's parameters by full name; they are copied
   * @param kernels to run it
   * @param wanted labels or names of nodes; what they do not need is left out
   * @return the steps, in an order in which each comes after what it reads
   */
  public static List<StepGroup> compile(
      Graph graph, Map<String, Tensor> weights, KernelProvider kernels, Collection<String> wanted) {
    Set<String> names = new HashSet<>(graph.inputs());
    graph.nodes().forEach(node -> names.add(node.name()));
    Lowering lowering = new Lowering(new PackedWeights(weights, kernels), kernels, names);
    Optional<FusedKernels> fused = kernels.fused();
    List<FusedNode> nodes =
        NodeFusion.of(
            graph, wanted, function -> fused.filter(all -> all.has(function)).isPresent());
    if (fused.isEmpty()) {
      return nodes.stream().map(node -> lowering.steps(node)).toList();
    }
    Map<FusedNode, Fusion> fusions = fusions(nodes, new Readers(nodes, graph, wanted));
    List<StepGroup> groups = new ArrayList<>();
    for (FusedNode node : nodes) {
      Fusion fusion = fusions.get(node);
      if (fusion == null) {
        groups.add(lowering.steps(node));
      } else if (fusion.members().getLast() == node) {
        groups.add(fusion.lower(lowering, fused.get()));
      }
    }
    return List.copyOf(groups);
  }

  /** The fusion of each node that is in one. */
  private static Map<FusedNode, Fusion> fusions(List<FusedNode> nodes, Readers readers) {
    Map<FusedNode, Fusion> fusions = new HashMap<>();
    for (FusedNode node : nodes) {
      if (!fusions.containsKey(node)) {
        match(node, readers)
            .ifPresent(fusion -> fusion.members().forEach(member -> fusions.put(member, fusion)));
      }
    }
    return fusions;
  }

  private static Optional<? extends Fusion> match(FusedNode first, Readers readers) {
    return FusionPattern.ALL.stream()
        .map(pattern -> pattern.match(first, readers))
        .filter(Optional::isPresent)
        .filter(fusion -> fusion.get().members().stream().allMatch(Compiler::isPlain))
        .findFirst()
        .flatMap(fusion -> fusion);
  }

  /** Whether fusions may take a node: their kernels know no epilogues. */
  private static boolean isPlain(FusedNode node) {
    return node.epilogue().isEmpty();
  }
}
