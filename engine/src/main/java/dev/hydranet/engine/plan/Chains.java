package dev.hydranet.engine.plan;

import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.Clamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds chains among the fused nodes of a graph. What lies inside a chain is read by nothing
 * outside and is not wanted.
 */
final class Chains {
  private final Map<String, List<Fused>> readers = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();

  private Chains(List<Fused> nodes, Graph graph, Collection<String> wanted) {
    for (Fused node : nodes) {
      node.reads().forEach(read -> readers.computeIfAbsent(read, r -> new ArrayList<>()).add(node));
    }
    wanted.forEach(name -> this.wanted.add(graph.resolve(name)));
  }

  /** The chains, each in the place of its last node. */
  static List<Chain> of(List<Fused> nodes, Graph graph, Collection<String> wanted) {
    Chains chains = new Chains(nodes, graph, wanted);
    Map<Fused, Chain> byNode = new HashMap<>();
    Map<Fused, Chain> byLast = new LinkedHashMap<>();
    for (Fused node : nodes) {
      if (!byNode.containsKey(node)) {
        Chain chain = chains.from(node);
        members(chain).forEach(member -> byNode.put(member, chain));
      }
    }
    for (Fused node : nodes) {
      Chain chain = byNode.get(node);
      List<Fused> members = members(chain);
      if (members.get(members.size() - 1) == node) {
        byLast.put(node, chain);
      }
    }
    return List.copyOf(byLast.values());
  }

  /** The nodes of a chain, in their order. */
  static List<Fused> members(Chain chain) {
    return switch (chain) {
      case Chain.Single single -> List.of(single.node());
      case Chain.InvertedResidual block ->
          List.of(block.expand(), block.depthwise(), block.project());
      case Chain.Pooling pooling -> {
        List<Fused> members = new ArrayList<>();
        for (Chain.Pooling.Stage stage : pooling.stages()) {
          members.add(stage.pool());
          members.add(stage.scale());
          if (stage.sum() != stage.scale()) {
            members.add(stage.sum());
          }
        }
        yield members;
      }
      case Chain.Refinement block -> {
        List<Fused> members = new ArrayList<>(List.of(block.resize(), block.fusion()));
        members.addAll(members(block.pooling()));
        yield members;
      }
      case Chain.ScaledHead head -> List.of(head.scale(), head.conv());
    };
  }

  private Chain from(Fused node) {
    return invertedResidual(node)
        .or(() -> refinement(node))
        .or(() -> pooling(node))
        .or(() -> scaledHead(node))
        .orElseGet(() -> new Chain.Single(node));
  }

  private Optional<Chain> invertedResidual(Fused expand) {
    if (!isPointwise(expand) || expand.residual().isPresent()) {
      return Optional.empty();
    }
    return onlyReader(expand)
        .filter(depthwise -> isDepthwise3x3(depthwise) && depthwise.residual().isEmpty())
        .flatMap(
            depthwise ->
                onlyReader(depthwise)
                    .filter(project -> isPointwise(project) && headReads(project, depthwise))
                    .map(project -> new Chain.InvertedResidual(expand, depthwise, project)));
  }

  private Optional<Chain> refinement(Fused resize) {
    boolean blends =
        resize.head().op() instanceof Upsample upsample && upsample.mode() != Upsample.Mode.NEAREST;
    if (!blends || resize.residual().isPresent() || resize.clamp() != Clamp.NONE) {
      return Optional.empty();
    }
    return onlyReader(resize)
        .filter(
            fusion ->
                isPointwise(fusion)
                    && fusion.residual().equals(Optional.of(resize.name()))
                    && !headReads(fusion, resize)
                    && !wanted.contains(fusion.name()))
        .flatMap(
            fusion ->
                readers.getOrDefault(fusion.name(), List.of()).stream()
                    .flatMap(reader -> pooling(reader).stream())
                    .filter(pooling -> poolsOnly(pooling, fusion))
                    .findFirst()
                    .map(pooling -> new Chain.Refinement(resize, fusion, pooling)));
  }

  /** Whether nothing but the pooling and its first sum reads what is pooled. */
  private boolean poolsOnly(Chain.Pooling pooling, Fused pooled) {
    return headReads(pooling.first(), pooled)
        && Set.of(pooling.first(), pooling.stages().get(0).sum())
            .equals(Set.copyOf(readers.get(pooled.name())));
  }

  private Optional<Chain.Pooling> pooling(Fused first) {
    List<Chain.Pooling.Stage> stages = new ArrayList<>();
    String sum = first.head().inputs().isEmpty() ? "" : first.head().inputs().get(0);
    Fused pool = first;
    while (isPool5x5(pool)) {
      Fused pooled = pool;
      Optional<Fused> scale = onlyReader(pool).filter(Chains::isScale);
      if (scale.isEmpty() || scale.get().clamp() != Clamp.NONE) {
        return Optional.empty();
      }
      if (scale.get().residual().isPresent()) {
        stages.add(new Chain.Pooling.Stage(pool, scale.get(), scale.get()));
        boolean closes = scale.get().residual().get().equals(sum);
        return closes ? Optional.of(new Chain.Pooling(stages)) : Optional.empty();
      }
      // The scaled value goes into the sum and into the next stage's pool.
      List<Fused> next = readers.getOrDefault(scale.get().name(), List.of());
      if (next.size() != 2 || wanted.contains(scale.get().name())) {
        return Optional.empty();
      }
      Fused add = next.get(next.get(0).head().op() instanceof Add ? 0 : 1);
      pool = next.get(add == next.get(0) ? 1 : 0);
      boolean adds =
          add.head().op() instanceof Add
              && add.clamp() == Clamp.NONE
              && Set.of(sum, scale.get().name()).equals(Set.copyOf(add.head().inputs()));
      if (!adds || !isReadOnce(add)) {
        return Optional.empty();
      }
      stages.add(new Chain.Pooling.Stage(pooled, scale.get(), add));
      sum = add.name();
    }
    return Optional.empty();
  }

  private Optional<Chain> scaledHead(Fused scale) {
    if (!isScale(scale) || scale.residual().isPresent()) {
      return Optional.empty();
    }
    return onlyReader(scale)
        .filter(conv -> TapsAsChannels.suits(conv) || Winograd3x3.suits(conv))
        .filter(conv -> headReads(conv, scale))
        .map(conv -> new Chain.ScaledHead(scale, conv));
  }

  /** The one step that reads a value, once, if the value is not wanted itself. */
  private Optional<Fused> onlyReader(Fused node) {
    return isReadOnce(node) ? Optional.of(readers.get(node.name()).get(0)) : Optional.empty();
  }

  private boolean isReadOnce(Fused node) {
    return readers.getOrDefault(node.name(), List.of()).size() == 1
        && !wanted.contains(node.name());
  }

  private static boolean headReads(Fused reader, Fused value) {
    return reader.head().inputs().get(0).equals(value.name());
  }

  private static boolean isPointwise(Fused node) {
    return node.head().op() instanceof Conv2d conv && conv.isPointwise();
  }

  private static boolean isScale(Fused node) {
    return node.head().op() instanceof Conv2d conv
        && conv.equals(Conv2d.depthwise(conv.inChannels(), 1, 1));
  }

  private static boolean isDepthwise3x3(Fused node) {
    return node.head().op() instanceof Conv2d conv
        && conv.isDepthwise()
        && conv.kernel().equals(Size.square(3))
        && conv.padding().equals(Size.square(1))
        && conv.dilation().equals(Size.square(1))
        && (conv.stride().equals(Size.square(1)) || conv.stride().equals(Size.square(2)));
  }

  private static boolean isPool5x5(Fused node) {
    return node.head().op().equals(MaxPool2d.of(5, 1, 2));
  }
}
