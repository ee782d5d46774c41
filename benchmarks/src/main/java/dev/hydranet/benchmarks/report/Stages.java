package dev.hydranet.benchmarks.report;

import dev.hydranet.benchmarks.stages.Stage;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Groups of the network's stages, and values over them. */
final class Stages {
  static final List<Stage> ALL = List.of(Stage.values());

  /** Those that end in an inverted residual. */
  static final List<Stage> WITH_BLOCK =
      ALL.stream().filter(stage -> stage.block().isPresent()).toList();

  /** Those that Winograd's algorithm can compute. */
  static final List<Stage> STRIDE_1 = ALL.stream().filter(stage -> stage.stride() == 1).toList();

  private Stages() {}

  /** A value at each of them. */
  static Numbers over(List<Stage> stages, ToDoubleFunction<Stage> value) {
    return Numbers.of(stages.stream().mapToDouble(value));
  }

  /** Their names in a row. */
  static String names(List<Stage> stages) {
    return String.join(", ", stages.stream().map(Stage::toString).toList());
  }

  /** A group of bars for each of them, and in it a bar for each series. */
  static List<Bars.Group> groups(List<Stage> stages, List<ToDoubleFunction<Stage>> series) {
    return stages.stream()
        .map(
            stage ->
                new Bars.Group(
                    stage.toString(),
                    series.stream().mapToDouble(value -> value.applyAsDouble(stage)).toArray()))
        .toList();
  }
}
