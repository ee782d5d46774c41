package dev.hydranet.engine.compile;

import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.run.StepGroup;
import java.util.List;
import java.util.stream.Collectors;

/** Fused nodes that one kernel computes together. */
interface Fusion {
  /** The nodes, in their order; the value of the last is what is computed. */
  List<FusedNode> members();

  /**
   * The steps that compute it.
   *
   * @param lowering for the nodes one by one, where that is better
   * @param kernels for all of them at once
   */
  StepGroup lower(Lowering lowering, FusedKernels kernels);

  /** The operators of its nodes. */
  default String description() {
    return members().stream().map(FusedNode::description).collect(Collectors.joining(" + "));
  }
}
