package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The last RefineNet block (arXiv 1810.03272): a resized value added to a pointwise convolution,
 * then pooling; in one pass where the pooled tensor does not fit the second-level cache.
 */
record Refinement(FusedNode resize, FusedNode sum, ChainedPooling pooling) implements Fusion {
  /**
   * The convolution's inputs up to which its product, done for a block of channels at a time and so
   * at half the speed, costs less than the passes over memory that are saved.
   */
  private static final int FEW_INPUTS = 96;

  static Optional<Refinement> match(FusedNode resize, Readers readers) {
    boolean blends =
        resize.head().op() instanceof Upsample upsample && upsample.mode() != Upsample.Mode.NEAREST;
    if (!blends || resize.residual().isPresent() || resize.clamp() != Clamp.NONE) {
      return Optional.empty();
    }
    return readers
        .onlyReader(resize)
        .filter(
            sum ->
                Fusable.isPointwise(sum)
                    && sum.residual().equals(Optional.of(resize.name()))
                    && !Fusable.headReads(sum, resize)
                    && !readers.isWanted(sum))
        .flatMap(
            sum ->
                readers.of(sum).stream()
                    .flatMap(reader -> ChainedPooling.match(reader, readers).stream())
                    .filter(pooling -> poolsOnly(pooling, sum, readers))
                    .findFirst()
                    .map(pooling -> new Refinement(resize, sum, pooling)));
  }

  /** Whether only the pooling and its first sum read what is pooled. */
  private static boolean poolsOnly(ChainedPooling pooling, FusedNode pooled, Readers readers) {
    return Fusable.headReads(pooling.first(), pooled)
        && Set.of(pooling.first(), pooling.stages().get(0).sum())
            .equals(Set.copyOf(readers.of(pooled)));
  }

  @Override
  public List<FusedNode> members() {
    List<FusedNode> members = new ArrayList<>(List.of(resize, sum));
    members.addAll(pooling.members());
    return members;
  }

  @Override
  public String description() {
    return String.join(" + ", resize.description(), sum.description(), pooling.description());
  }

  @Override
  public StepGroup lower(Lowering lowering, FusedKernels kernels) {
    Conv2d conv = (Conv2d) sum.head().op();
    Upsample upsample = (Upsample) resize.head().op();
    ChannelFilter[] filters = pooling.filters(lowering.weights());
    PackedMatrix[] matrices = lowering.weights().pointwise(sum, kernels.poolingBlock());
    Step together =
        Steps.of(
            members(),
            description(),
            List.of(resize.reads().get(0), sum.reads().get(0)),
            true,
            (in, out) ->
                kernels.refinement(
                    in.get(0), upsample.mode(), in.get(1), matrices, sum.clamp(), filters, out));
    return new StepGroup(
        List.of(lowering.step(resize), lowering.step(sum), pooling.step(filters, kernels)),
        List.of(together),
        shapes ->
            shapes.get(sum.name()).elementCount() > Fusable.CACHED_FLOATS
                && conv.inChannels() <= FEW_INPUTS);
  }
}
