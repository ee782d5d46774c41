package dev.hydranet.benchmarks.report;

import static dev.hydranet.benchmarks.report.Numbers.text;

import dev.hydranet.benchmarks.stages.Operation;
import dev.hydranet.benchmarks.stages.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a depthwise-separable convolution saves against a standard one: multiply-adds and time. */
record Savings(StageTimes times) {
  /** How many times fewer multiply-adds a separable convolution has than a standard one. */
  static double macsSaved(Stage stage) {
    return (double) Operation.STANDARD.at(stage).macs() / Operation.SEPARABLE.at(stage).macs();
  }

  /** How many times less time it takes. */
  double timeSaved(Stage stage) {
    return times.microseconds(Operation.STANDARD, stage)
        / times.microseconds(Operation.SEPARABLE, stage);
  }

  /** The same against Winograd's algorithm. */
  double timeSavedAgainstWinograd(Stage stage) {
    return times.microseconds(Operation.WINOGRAD, stage)
        / times.microseconds(Operation.SEPARABLE, stage);
  }

  /** Stages at which more of the saving arrives than the arithmetic promises. */
  List<Stage> more() {
    return Stages.ALL.stream().filter(stage -> timeSaved(stage) > macsSaved(stage)).toList();
  }

  /** Stages at which Winograd's algorithm is slower than the direct one. */
  List<Stage> winogradLost() {
    return Stages.STRIDE_1.stream()
        .filter(
            s ->
                times.microseconds(Operation.WINOGRAD, s)
                    > times.microseconds(Operation.STANDARD, s))
        .toList();
  }

  Stage best() {
    return Stages.ALL.stream()
        .max((a, b) -> Double.compare(timeSaved(a), timeSaved(b)))
        .orElseThrow();
  }

  Stage worst() {
    return Stages.ALL.stream()
        .min((a, b) -> Double.compare(timeSaved(a), timeSaved(b)))
        .orElseThrow();
  }

  /** What follows from the shapes alone. */
  void arithmetic(Map<String, String> values) {
    values.put("macs.saved", Stages.over(Stages.ALL, Savings::macsSaved).range(1));
    values.put(
        "parameters.saved",
        Stages.over(
                Stages.ALL,
                stage ->
                    (double) Operation.STANDARD.at(stage).parameters()
                        / Operation.SEPARABLE.at(stage).parameters())
            .range(1));
    values.put(
        "depthwise.macs",
        Stages.over(
                Stages.ALL,
                stage ->
                    100.0
                        * Operation.DEPTHWISE.at(stage).macs()
                        / Operation.SEPARABLE.at(stage).macs())
            .range(0));
  }

  /** What was measured. */
  void time(Map<String, String> values) {
    values.put("time.saved", Stages.over(Stages.ALL, this::timeSaved).range(1));
    values.put("time.saved.median", text(Stages.over(Stages.ALL, this::timeSaved).median(), 1));
    Numbers followed = Stages.over(Stages.ALL, stage -> 100 * timeSaved(stage) / macsSaved(stage));
    values.put("followed", followed.range(0));
    values.put("followed.median", text(followed.median(), 0));
    values.put(
        "winograd.saved",
        Stages.over(Stages.STRIDE_1, this::timeSavedAgainstWinograd).medianAndRange(1));
    values.put(
        "winograd.gain",
        Stages.over(
                Stages.STRIDE_1,
                s ->
                    times.microseconds(Operation.STANDARD, s)
                        / times.microseconds(Operation.WINOGRAD, s))
            .medianAndRange(1));
    values.put("more.stages", Stages.names(more()));
    values.put("more.saved", Stages.over(more(), this::timeSaved).range(1));
    values.put(
        "more.weights",
        Stages.over(more(), stage -> Operation.STANDARD.at(stage).parameters() * 4 / 1e6).range(0));
    List<Stage> others = Stages.ALL.stream().filter(stage -> !more().contains(stage)).toList();
    values.put("winograd.lost", Stages.names(winogradLost()));
    values.put("others.saved", Stages.over(others, this::timeSaved).range(1));
    values.put(
        "others.followed",
        Stages.over(others, stage -> 100 * timeSaved(stage) / macsSaved(stage)).range(0));
    values.put("worst.stage", worst().toString());
    values.put("worst.saved", text(timeSaved(worst()), 1));
    for (Operation operation :
        List.of(
            Operation.STANDARD, Operation.DEPTHWISE, Operation.POINTWISE, Operation.SEPARABLE)) {
      Numbers shares = Stages.over(Stages.ALL, stage -> 100 * times.simd(operation, stage).share());
      values.put("share." + operation.name().toLowerCase(Locale.ROOT), shares.medianAndRange(0));
    }
  }

  /** Times fewer multiply-adds, and times less time. */
  String chart() {
    return new Bars(
            "Depthwise-separable against standard 3x3",
            "times fewer, or faster; one thread, data in memory",
            List.of(
                "multiply-adds",
                "time, against the standard convolution product by product",
                "time, against the standard convolution by Winograd"),
            Stages.groups(
                Stages.ALL,
                List.of(
                    Savings::macsSaved,
                    this::timeSaved,
                    stage -> stage.stride() == 1 ? timeSavedAgainstWinograd(stage) : Double.NaN)),
            0,
            "")
        .draw();
  }
}
