package dev.hydranet.benchmarks.report;

import static dev.hydranet.benchmarks.report.Numbers.percent;
import static dev.hydranet.benchmarks.report.Numbers.text;

import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.report.StageTimes.Arm;
import dev.hydranet.benchmarks.report.StageTimes.Time;
import dev.hydranet.benchmarks.stages.Operation;
import dev.hydranet.benchmarks.stages.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How fast operations move their data, and how far that is from the roofs of the machine. */
record MemoryTraffic(StageTimes times) {
  /** The depthwise part of a separable convolution's time, in per cent. */
  double depthwiseTime(Stage stage) {
    double depthwise = times.microseconds(Operation.DEPTHWISE, stage);
    return 100 * depthwise / (depthwise + times.microseconds(Operation.POINTWISE, stage));
  }

  /** The numbers of the page. */
  void memory(Map<String, String> values) {
    values.put(
        "depthwise.intensity",
        Stages.over(Stages.ALL, stage -> times.simd(Operation.DEPTHWISE, stage).intensity())
            .range(1));
    values.put(
        "standard.intensity",
        Stages.over(Stages.ALL, stage -> times.simd(Operation.STANDARD, stage).intensity())
            .range(0));
    values.put(
        "pointwise.intensity",
        Stages.over(Stages.ALL, stage -> times.simd(Operation.POINTWISE, stage).intensity())
            .range(0));
    values.put("depthwise.time", Stages.over(Stages.ALL, this::depthwiseTime).range(0));
    values.put(
        "depthwise.gigabytes",
        Stages.over(Stages.ALL, stage -> times.simd(Operation.DEPTHWISE, stage).gigabytes())
            .medianAndRange(1));
    values.put(
        "depthwise.of.bandwidth",
        Stages.over(
                Stages.ALL,
                stage -> {
                  Time time = times.simd(Operation.DEPTHWISE, stage);
                  return 100 * time.gigabytes() / times.results().bandwidth(time.result(), 1);
                })
            .medianAndRange(0));
    Time any = times.simd(Operation.DEPTHWISE, Stages.ALL.get(0));
    double bandwidth = times.results().bandwidth(any.result(), 1);
    values.put("bandwidth", text(bandwidth, 1));
    values.put("peak", text(any.peak(), 1));
    values.put("balance", text(any.peak() / bandwidth, 1));
    values.put("depthwise.roof", percent(bandwidth * 1.125 / any.peak()));
    values.put(
        "depthwise.cached",
        Stages.over(
                Stages.ALL,
                s ->
                    times.microseconds(Operation.DEPTHWISE, s)
                        / times.cached(Operation.DEPTHWISE, s))
            .medianAndRange(1));
    values.put(
        "depthwise.cached.share",
        Stages.over(
                Stages.ALL,
                stage ->
                    100
                        * times
                            .find(Operation.DEPTHWISE, stage, Arm.simd, 1, Data.CACHE)
                            .orElseThrow()
                            .share())
            .medianAndRange(0));
    values.put(
        "separable.cached",
        Stages.over(
                Stages.ALL,
                s ->
                    times.microseconds(Operation.SEPARABLE, s)
                        / times.cached(Operation.SEPARABLE, s))
            .medianAndRange(1));
  }

  /** All operations under the machine's roofs. */
  String roofsChart() {
    Time any = times.simd(Operation.DEPTHWISE, Stages.ALL.get(0));
    List<Roofs.Series> series = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      series.add(
          new Roofs.Series(
              StageTimes.name(operation), points(time -> time.operation() == operation)));
    }
    return new Roofs(
            "Under the roofs of the machine, one thread",
            any.peak(),
            times.results().bandwidth(any.result(), 1),
            series)
        .draw();
  }

  private List<Roofs.Point> points(Predicate<Time> which) {
    return times.all(Arm.simd, 1, Data.MEMORY).stream()
        .filter(which)
        .map(
            time ->
                new Roofs.Point(
                    StageTimes.name(time.operation()) + " " + time.stage(),
                    time.intensity(),
                    time.gmacs()))
        .toList();
  }
}
