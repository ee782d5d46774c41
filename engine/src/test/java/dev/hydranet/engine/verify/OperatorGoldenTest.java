package dev.hydranet.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator against PyTorch, by both executors. */
class OperatorGoldenTest {
  static List<OperatorCase> cases() throws Exception {
    return OperatorCase.readAll();
  }

  @Test
  void everyKindOfOperatorIsThere() throws Exception {
    assertThat(cases().stream().map(c -> c.graph().nodes().get(0).op().kind()).distinct())
        .containsExactlyInAnyOrder(
            "Conv2d",
            "BatchNorm",
            "ReLU",
            "ReLU6",
            "Add",
            "Concat",
            "MaxPool2d",
            "AvgPool2d",
            "GlobalAvgPool",
            "Upsample",
            "Softmax",
            "ArgMax",
            "Flatten",
            "Linear");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void referenceAgreesWithPyTorch(OperatorCase c) {
    check(
        c,
        ReferenceExecutor.run(c.graph(), c.weights(), c.inputs(), List.of(c.name())).get(c.name()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void planAgreesWithPyTorch(OperatorCase c) {
    Tensor one = runPlan(c, Threads.of(1));
    check(c, one);
    assertThat(runPlan(c, Threads.of(2)).data()).as("two threads, %s", c).isEqualTo(one.data());
  }

  private static Tensor runPlan(OperatorCase c, Threads threads) {
    return Executors.runPlan(c.graph(), c.weights(), c.inputs(), List.of(c.name()), threads)
        .get(c.name());
  }

  private static void check(OperatorCase c, Tensor actual) {
    double tolerance =
        Tolerance.of(c.graph(), Executors.shapes(c.inputs()), List.of(c.name())).get(c.name());
    assertThat(Difference.between(actual, c.expected()).maxRelative())
        .as(c.toString())
        .isLessThanOrEqualTo(tolerance);
  }
}
