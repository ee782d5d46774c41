package dev.hydranet.engine.compile;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A convolution, and the depthwise 1x1 convolution with its activation before it, if there is one.
 */
record ScaledConvolution(Optional<FusedNode> scale, FusedNode conv) {
  /** Found where a convolution of the given kind is the first node, or follows a first scale. */
  static Optional<ScaledConvolution> match(
      FusedNode first, Readers readers, Predicate<FusedNode> suits) {
    if (Fusable.isScale(first) && first.residual().isEmpty()) {
      return readers
          .onlyReader(first)
          .filter(suits)
          .filter(conv -> Fusable.headReads(conv, first))
          .map(conv -> new ScaledConvolution(Optional.of(first), conv));
    }
    return suits.test(first)
        ? Optional.of(new ScaledConvolution(Optional.empty(), first))
        : Optional.empty();
  }

  List<FusedNode> members() {
    return Stream.concat(scale.stream(), Stream.of(conv)).toList();
  }

  /** The scale's operators, ready to go before those of the convolution. */
  String prefix() {
    return scale.map(node -> node.description() + " + ").orElse("");
  }

  /** What the first node reads. */
  List<String> reads() {
    return scale.orElse(conv).reads();
  }

  /** The scale's weights; null if absent. */
  ChannelFilter filter(PackedWeights weights) {
    return scale.map(weights::depthwise).orElse(null);
  }

  /** The activation of the scale. */
  Clamp inputClamp() {
    return scale.map(FusedNode::clamp).orElse(Clamp.NONE);
  }
}
