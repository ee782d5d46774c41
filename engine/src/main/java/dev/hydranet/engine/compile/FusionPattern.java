package dev.hydranet.engine.compile;

import java.util.List;
import java.util.Optional;

/**
 * A way of computing several fused nodes at once. To add one, write a {@link Fusion} with its
 * pattern, list it here, and give {@link dev.hydranet.engine.kernel.FusedKernels} its kernel.
 */
interface FusionPattern {
  /** All there are; where two match, the first is taken. */
  List<FusionPattern> ALL =
      List.of(
          InvertedResidual::match,
          Refinement::match,
          ChainedPooling::match,
          TapsAsChannels::match,
          Winograd3x3::match);

  /**
   * The fusion that begins with a node, if there is one.
   *
   * @param first of its nodes
   * @param readers of each value
   */
  Optional<? extends Fusion> match(FusedNode first, Readers readers);
}
