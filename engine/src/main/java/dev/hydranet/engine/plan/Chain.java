package dev.hydranet.engine.plan;

import java.util.List;

/** Fused nodes in a row that have a kernel of their own when they are computed together. */
sealed interface Chain {
  /** A node by itself. */
  record Single(Fused node) implements Chain {}

  /** Pointwise, depthwise 3x3, pointwise (arXiv 1801.04381, figure 3). */
  record InvertedResidual(Fused expand, Fused depthwise, Fused project) implements Chain {}

  /** Chained residual pooling whose convolutions are depthwise 1x1 (arXiv 1810.03272). */
  record Pooling(List<Stage> stages) implements Chain {
    /** A factor a channel on the pooled value, which is then added to the sum so far. */
    record Stage(Fused pool, Fused scale, Fused sum) {}

    Fused first() {
      return stages.get(0).pool();
    }

    Fused last() {
      return stages.get(stages.size() - 1).sum();
    }
  }

  /**
   * The last RefineNet block (arXiv 1810.03272): a resized value added to a pointwise convolution,
   * then pooling.
   */
  record Refinement(Fused resize, Fused fusion, Pooling pooling) implements Chain {}

  /** A depthwise 1x1 convolution with its activation, then a standard convolution. */
  record ScaledHead(Fused scale, Fused conv) implements Chain {}
}
