package dev.hydranet.engine.compile;

import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.FusedKernels;
import dev.hydranet.engine.run.Step;
import dev.hydranet.engine.run.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chained residual pooling whose convolutions are depthwise 1x1 (arXiv 1810.03272). */
record ChainedPooling(List<Stage> stages) implements Fusion {
  /** A factor for each channel of the pooled value, which is then added to the sum so far. */
  record Stage(FusedNode pool, FusedNode scale, FusedNode sum) {}

  static Optional<ChainedPooling> match(FusedNode first, Readers readers) {
    List<Stage> stages = new ArrayList<>();
    String sum = first.head().inputs().isEmpty() ? "" : first.head().inputs().get(0);
    FusedNode pool = first;
    while (Fusable.isPool5x5(pool)) {
      FusedNode pooled = pool;
      Optional<FusedNode> scale = readers.onlyReader(pool).filter(Fusable::isScale);
      if (scale.isEmpty() || scale.get().clamp() != Clamp.NONE) {
        return Optional.empty();
      }
      if (scale.get().residual().isPresent()) {
        stages.add(new Stage(pool, scale.get(), scale.get()));
        boolean closes = scale.get().residual().get().equals(sum);
        return closes ? Optional.of(new ChainedPooling(stages)) : Optional.empty();
      }
      // The scaled value goes into the sum and into the next stage's pool.
      List<FusedNode> next = readers.of(scale.get());
      if (next.size() != 2 || readers.isWanted(scale.get())) {
        return Optional.empty();
      }
      FusedNode add = next.get(next.get(0).head().op() instanceof Add ? 0 : 1);
      pool = next.get(add == next.get(0) ? 1 : 0);
      boolean adds =
          add.head().op() instanceof Add
              && add.clamp() == Clamp.NONE
              && Set.of(sum, scale.get().name()).equals(Set.copyOf(add.head().inputs()));
      if (!adds || !readers.isReadOnce(add)) {
        return Optional.empty();
      }
      stages.add(new Stage(pooled, scale.get(), add));
      sum = add.name();
    }
    return Optional.empty();
  }

  FusedNode first() {
    return stages.get(0).pool();
  }

  @Override
  public List<FusedNode> members() {
    List<FusedNode> members = new ArrayList<>();
    for (Stage stage : stages) {
      members.add(stage.pool());
      members.add(stage.scale());
      if (stage.sum() != stage.scale()) {
        members.add(stage.sum());
      }
    }
    return members;
  }

  @Override
  public String description() {
    return "chained residual pooling: " + stages.size() + " x (MaxPool2d + Conv2d + Add)";
  }

  @Override
  public StepGroup lower(Lowering lowering, FusedKernels kernels) {
    return StepGroup.of(step(filters(lowering.weights()), kernels));
  }

  /** The filter of each stage. */
  ChannelFilter[] filters(PackedWeights weights) {
    return stages.stream()
        .map(stage -> weights.depthwise(stage.scale()))
        .toArray(ChannelFilter[]::new);
  }

  /** The pooling by itself. */
  Step step(ChannelFilter[] filters, FusedKernels kernels) {
    return Steps.of(
        members(),
        description(),
        first().reads(),
        true,
        (in, out) -> kernels.chainedPooling(in.get(0), filters, out));
  }
}
