package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.run.Step;
import java.util.List;

/** Makes steps of fused nodes. */
final class Steps {
  private Steps() {}

  /** A node by itself, lanes over its input's channels. */
  static Step padded(FusedNode node, Step.PixelBinding binding) {
    return of(List.of(node), node.description(), node.reads(), true, binding);
  }

  /** A node by itself, on tensors of equal extents. */
  static Step equal(FusedNode node, Step.PixelBinding binding) {
    return padded(node, binding).with(Step.Layout.EQUAL);
  }

  /** A node by itself, channel by channel. */
  static Step unpadded(FusedNode node, Step.PixelBinding binding) {
    return of(List.of(node), node.description(), node.reads(), false, binding);
  }

  /** A node by itself, on tensors of any rank. */
  static Step general(FusedNode node, Step.Binding binding) {
    return general(node, false, binding);
  }

  /** The same, whose lanes may run over its inputs' channels. */
  static Step general(FusedNode node, boolean padded, Step.Binding binding) {
    String name = node.name();
    return new Step(
        name,
        node.description(),
        node.nodes(),
        node.reads(),
        padded,
        shapes -> shapes.get(name),
        Step.Layout.ANY,
        binding);
  }

  /** A node whose lanes run over its output's channels, and so over those of a residual. */
  static Step product(FusedNode node, Step.PixelBinding binding) {
    boolean padded = node.residual().isPresent();
    return of(List.of(node), node.description(), node.reads(), padded, binding);
  }

  /** All of some nodes, and of their values only the last. */
  static Step of(
      List<FusedNode> members,
      String description,
      List<String> reads,
      boolean padded,
      Step.PixelBinding binding) {
    String name = members.getLast().name();
    List<Node> nodes = members.stream().flatMap(member -> member.nodes().stream()).toList();
    return new Step(
        name,
        description,
        nodes,
        reads,
        padded,
        shapes -> shapes.get(name),
        Step.Binding.ofPixels(binding));
  }

  /** The place of the residual, which is the last input; null if absent. */
  static Nhwc residual(FusedNode node, List<Nhwc> inputs) {
    return node.residual().isPresent() ? inputs.getLast() : null;
  }
}
