package dev.hydranet.benchmarks.report;

import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.report.StageTimes.Arm;
import dev.hydranet.benchmarks.stages.Operation;
import dev.hydranet.benchmarks.stages.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the compiler, hand-written vectors and a second thread gain. */
record ArmGains(StageTimes times) {
  /** The numbers of the page. */
  void arms(Map<String, String> values) {
    for (Operation operation :
        List.of(Operation.STANDARD, Operation.DEPTHWISE, Operation.POINTWISE)) {
      String name = operation.name().toLowerCase(Locale.ROOT);
      values.put(
          "auto." + name, against(operation, Arm.scalar, Arm.autoVectorized).medianAndRange(1));
      values.put(
          "simd." + name, against(operation, Arm.autoVectorized, Arm.simd).medianAndRange(1));
    }
    for (Operation operation : List.of(Operation.STANDARD, Operation.DEPTHWISE)) {
      values.put(
          "two.scalar." + operation.name().toLowerCase(Locale.ROOT),
          Stages.over(
                  Stages.ALL,
                  stage ->
                      times.microseconds(operation, stage, Arm.scalar, 1)
                          / times.microseconds(operation, stage, Arm.scalar, 2))
              .medianAndRange(2));
    }
    values.put("scalar.saved", saved(Arm.scalar).range(1));
    values.put("auto.saved", saved(Arm.autoVectorized).range(1));
    for (Operation operation :
        List.of(
            Operation.STANDARD, Operation.DEPTHWISE, Operation.SEPARABLE, Operation.FUSED_BLOCK)) {
      List<Stage> stages = operation == Operation.FUSED_BLOCK ? Stages.WITH_BLOCK : Stages.ALL;
      values.put(
          "two." + operation.name().toLowerCase(Locale.ROOT),
          Stages.over(
                  stages,
                  s ->
                      times.microseconds(operation, s)
                          / times.microseconds(operation, s, Arm.simd, 2))
              .medianAndRange(2));
    }
  }

  /** How many times faster one arm is than another, at the stages where both were measured. */
  private Numbers against(Operation operation, Arm slow, Arm fast) {
    return Stages.over(
        measured(slow, operation),
        stage ->
            times.microseconds(operation, stage, slow, 1)
                / times.microseconds(operation, stage, fast, 1));
  }

  /** How many times faster a separable convolution is than a standard one, in an arm. */
  private Numbers saved(Arm arm) {
    return Stages.over(
        measured(arm, Operation.SEPARABLE),
        stage ->
            times.microseconds(Operation.STANDARD, stage, arm, 1)
                / times.microseconds(Operation.SEPARABLE, stage, arm, 1));
  }

  private List<Stage> measured(Arm arm, Operation operation) {
    return Stages.ALL.stream()
        .filter(stage -> times.find(operation, stage, arm, 1, Data.MEMORY).isPresent())
        .toList();
  }
}
