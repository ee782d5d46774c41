package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pointwise, depthwise 3x3, pointwise (arXiv 1801.04381, figure 3).
 *
 * <p>Row by row pays where the expanded tensor does not fit the second-level cache; where it does,
 * whole layers at once are better: fewer, larger products and nothing expanded twice.
 */
record InvertedResidual(FusedNode expand, FusedNode depthwise, FusedNode project)
    implements Fusion {
  static Optional<InvertedResidual> match(FusedNode expand, Readers readers) {
    if (!Fusable.isPointwise(expand) || expand.residual().isPresent()) {
      return Optional.empty();
    }
    return readers
        .onlyReader(expand)
        .filter(depthwise -> Fusable.isDepthwise3x3(depthwise) && depthwise.residual().isEmpty())
        .flatMap(
            depthwise ->
                readers
                    .onlyReader(depthwise)
                    .filter(Fusable::isPointwise)
                    .filter(project -> Fusable.headReads(project, depthwise))
                    .map(project -> new InvertedResidual(expand, depthwise, project)));
  }

  @Override
  public List<FusedNode> members() {
    return List.of(expand, depthwise, project);
  }

  @Override
  public StepGroup lower(Lowering lowering, FusedKernels kernels) {
    PackedWeights weights = lowering.weights();
    Conv2d conv = (Conv2d) depthwise.head().op();
    PackedMatrix expanding = weights.pointwise(expand);
    ChannelFilter filter = weights.depthwise(depthwise);
    PackedMatrix projecting = weights.pointwise(project);
    List<String> reads = new ArrayList<>(expand.reads());
    project.residual().ifPresent(reads::add);
    Step together =
        Steps.of(
            members(),
            description(),
            reads,
            project.residual().isPresent(),
            (in, out) ->
                kernels.invertedResidual(
                    in.get(0),
                    expanding,
                    expand.clamp(),
                    conv,
                    filter,
                    depthwise.clamp(),
                    projecting,
                    Steps.residual(project, in),
                    project.clamp(),
                    out));
    return new StepGroup(
        List.of(
            lowering.pointwise(expand, expanding),
            lowering.depthwise(depthwise, conv, filter),
            lowering.pointwise(project, projecting)),
        List.of(together),
        shapes -> shapes.get(expand.name()).elementCount() > Fusable.CACHED_FLOATS);
  }
}
