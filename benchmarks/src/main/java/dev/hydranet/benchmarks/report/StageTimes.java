package dev.hydranet.benchmarks.report;

import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.stages.Layers;
import dev.hydranet.benchmarks.stages.Operation;
import dev.hydranet.benchmarks.stages.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operations cost at the stages, as measured. */
record StageTimes(Results results) {
  /** Who computes: the names of the benchmarks' methods. */
  enum Arm {
    scalar,
    autoVectorized,
    simd
  }

  private static final Map<Operation, String> BENCHMARKS =
      Map.of(
          Operation.STANDARD, "Standard3x3",
          Operation.WINOGRAD, "Winograd3x3",
          Operation.DEPTHWISE, "Depthwise3x3",
          Operation.POINTWISE, "Pointwise1x1",
          Operation.SEPARABLE, "DepthwiseSeparable",
          Operation.BLOCK, "Block",
          Operation.FUSED_BLOCK, "FusedBlock");

  private static final Map<Operation, String> NAMES =
      Map.of(
          Operation.STANDARD, "standard 3x3",
          Operation.WINOGRAD, "standard 3x3, Winograd",
          Operation.DEPTHWISE, "depthwise 3x3",
          Operation.POINTWISE, "pointwise 1x1",
          Operation.SEPARABLE, "depthwise-separable",
          Operation.BLOCK, "inverted residual",
          Operation.FUSED_BLOCK, "inverted residual, fused");

  /** Microseconds of an iteration, as benchmarks/results/README.md has them. */
  private static final double ITERATION = 150_000;

  /**
   * An operation at a stage.
   *
   * @param peak of the machine in the same run, in billions of multiply-adds a second, on as many
   *     threads
   */
  record Time(Operation operation, Stage stage, JmhResult result, double peak) {
    private Layers layers() {
      return operation.at(stage);
    }

    long parameters() {
      return layers().parameters();
    }

    long macs() {
      return layers().macs();
    }

    /** The least memory traffic, in bytes. */
    long bytes() {
      return layers().bytes(operation == Operation.FUSED_BLOCK);
    }

    /** Multiply-adds for a byte. */
    double intensity() {
      return (double) macs() / bytes();
    }

    double microseconds() {
      return result.score();
    }

    /** Billions of multiply-adds a second. */
    double gmacs() {
      return macs() / microseconds() / 1e3;
    }

    /** Billions of bytes a second. */
    double gigabytes() {
      return bytes() / microseconds() / 1e3;
    }

    /** Of the machine's peak. */
    double share() {
      return gmacs() / peak;
    }

    /** Bytes that are allocated in a run, JMH's own spread over the runs of an iteration. */
    double allocated() {
      return result.secondary().get("gc.alloc.rate.norm");
    }

    /** Kilobytes that are allocated in an iteration. */
    double allocatedInAnIteration() {
      return allocated() * ITERATION / microseconds() / 1e3;
    }
  }

  /** The engine's time on one thread, the data in memory. */
  Time simd(Operation operation, Stage stage) {
    return find(operation, stage, Arm.simd, 1, Data.MEMORY).orElseThrow();
  }

  /** What an operation is called in tables and pictures. */
  static String name(Operation operation) {
    return NAMES.get(operation);
  }

  /** The engine's microseconds on one thread, the data in memory. */
  double microseconds(Operation operation, Stage stage) {
    return simd(operation, stage).microseconds();
  }

  /** The same with the data in the caches, as far as it fits. */
  double cached(Operation operation, Stage stage) {
    return find(operation, stage, Arm.simd, 1, Data.CACHE).orElseThrow().microseconds();
  }

  /** An arm's microseconds, the data in memory. */
  double microseconds(Operation operation, Stage stage, Arm arm, int threads) {
    return find(operation, stage, arm, threads, Data.MEMORY).orElseThrow().microseconds();
  }

  /** A time, if it was measured. */
  Optional<Time> find(Operation operation, Stage stage, Arm arm, int threads, Data data) {
    Map<String, String> params =
        Map.of("stage", stage.name(), "threads", String.valueOf(threads), "data", data.name());
    return results
        .find(BENCHMARKS.get(operation) + "." + arm, params)
        .map(result -> new Time(operation, stage, result, results.peak(result, threads)));
  }

  /** All times of a kind that were measured, stage by stage. */
  List<Time> all(Arm arm, int threads, Data data) {
    return Arrays.stream(Stage.values())
        .flatMap(
            stage ->
                Arrays.stream(Operation.values())
                    .flatMap(operation -> find(operation, stage, arm, threads, data).stream()))
        .toList();
  }
}
