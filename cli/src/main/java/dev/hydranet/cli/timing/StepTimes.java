package dev.hydranet.cli.timing;

import dev.hydranet.engine.plan.PlanInfo;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long each step of a plan takes.
 *
 * @param rows one for each step, in order
 */
public record StepTimes(List<Row> rows) {
  /**
   * A step, or several of them together.
   *
   * @param name of the value, or of the kernel
   * @param steps how many they are
   * @param milliseconds the median, or the sum of medians
   * @param macs multiply-adds of the operators
   * @param bytes the least memory traffic
   */
  public record Row(
      String name, String kernel, int steps, double milliseconds, long macs, long bytes) {
    /** Multiply-adds in a second. */
    public double macsPerSecond() {
      return macs / milliseconds * 1e3;
    }

    public double bytesPerSecond() {
      return bytes / milliseconds * 1e3;
    }

    /** Multiply-adds for each byte. */
    public double intensity() {
      return (double) macs / bytes;
    }

    private Row plus(Row other) {
      return new Row(
          name,
          kernel,
          steps + other.steps,
          milliseconds + other.milliseconds,
          macs + other.macs,
          bytes + other.bytes);
    }
  }

  /** Of given nanoseconds: those of all steps in each run. */
  public static StepTimes of(PlanInfo plan, List<long[]> runs) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      StepInfo step = plan.steps().get(i);
      int index = i;
      double median = new Latencies(runs.stream().mapToLong(run -> run[index]).toArray()).median();
      rows.add(new Row(step.value(), step.kernel(), 1, median, step.macs(), step.bytes()));
    }
    return new StepTimes(List.copyOf(rows));
  }

  /** Runs a session, warmed up, for some seconds. */
  public static StepTimes measure(
      PlanInfo plan,
      Session session,
      Map<String, Tensor> inputs,
      Map<String, Tensor> outputs,
      Runnable afterRun) {
    List<long[]> runs = new ArrayList<>();
    Latencies.measure(
        () -> {
          runs.add(profile(plan, session, inputs, outputs));
          afterRun.run();
        });
    return of(plan, runs);
  }

  /** Runs a session, warmed up, some times. */
  public static StepTimes measure(
      PlanInfo plan,
      Session session,
      Map<String, Tensor> inputs,
      Map<String, Tensor> outputs,
      int runs,
      Runnable afterRun) {
    List<long[]> profiles = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      profiles.add(profile(plan, session, inputs, outputs));
      afterRun.run();
    }
    return of(plan, profiles);
  }

  private static long[] profile(
      PlanInfo plan, Session session, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    long[] nanoseconds = new long[plan.steps().size()];
    session.profile(inputs, outputs, nanoseconds);
    return nanoseconds;
  }

  /** The steps of each kernel together, those that take longest first. */
  public List<Row> byKernel() {
    return rows.stream()
        .map(row -> new Row(row.kernel, row.kernel, 1, row.milliseconds, row.macs, row.bytes))
        .collect(Collectors.toMap(Row::kernel, Function.identity(), Row::plus, LinkedHashMap::new))
        .values()
        .stream()
        .sorted((a, b) -> Double.compare(b.milliseconds, a.milliseconds))
        .toList();
  }

  /** All steps together. */
  public Row total() {
    return rows.stream().reduce(new Row("total", "", 0, 0, 0, 0), Row::plus);
  }
}
