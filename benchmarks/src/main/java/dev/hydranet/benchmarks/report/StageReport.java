package dev.hydranet.benchmarks.report;

import static dev.hydranet.benchmarks.report.Numbers.percent;
import static dev.hydranet.benchmarks.report.Numbers.text;

import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.report.StageTimes.Arm;
import dev.hydranet.benchmarks.report.StageTimes.Time;
import dev.hydranet.benchmarks.stages.Operation;
import dev.hydranet.benchmarks.stages.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What a depthwise convolution costs against a standard one, from measurements. */
record StageReport(StageTimes times) {
  private static final Map<Operation, String> NAMES = new EnumMap<>(Operation.class);

  static {
    NAMES.put(Operation.STANDARD, "standard 3x3");
    NAMES.put(Operation.WINOGRAD, "standard 3x3, Winograd");
    NAMES.put(Operation.DEPTHWISE, "depthwise 3x3");
    NAMES.put(Operation.POINTWISE, "pointwise 1x1");
    NAMES.put(Operation.SEPARABLE, "depthwise-separable");
    NAMES.put(Operation.BLOCK, "inverted residual");
    NAMES.put(Operation.FUSED_BLOCK, "inverted residual, fused");
  }

  private static final List<Stage> ALL = List.of(Stage.values());
  private static final List<Stage> WITH_BLOCK =
      ALL.stream().filter(stage -> stage.block().isPresent()).toList();
  private static final List<Stage> WINOGRAD =
      ALL.stream().filter(stage -> stage.stride() == 1).toList();

  /** The report in Markdown. */
  String page() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    arithmetic(values);
    time(values);
    memory(values);
    fusion(values);
    arms(values);
    quality(values);
    values.put("table.simd", table(times.all(Arm.simd, 1, Data.MEMORY)).toString());
    values.put("table.threads", threads().toString());
    values.put("table.arms", armsTable(1).toString());
    values.put("table.arms.threads", armsTable(2).toString());
    values.put("table.cache", cacheTable().toString());
    return Template.fill("depthwise-vs-standard.md", values);
  }

  private Numbers over(List<Stage> stages, ToDoubleFunction<Stage> value) {
    return Numbers.of(stages.stream().mapToDouble(value));
  }

  private double simd(Operation operation, Stage stage) {
    return times.simd(operation, stage).microseconds();
  }

  private double cached(Operation operation, Stage stage) {
    return times.find(operation, stage, Arm.simd, 1, Data.CACHE).orElseThrow().microseconds();
  }

  /** With the data in memory. */
  private double microseconds(Operation operation, Stage stage, Arm arm, int threads) {
    return times.find(operation, stage, arm, threads, Data.MEMORY).orElseThrow().microseconds();
  }

  /** How many times fewer multiply-adds a separable convolution has than a standard one. */
  static double macsSaved(Stage stage) {
    return (double) Operation.STANDARD.at(stage).macs() / Operation.SEPARABLE.at(stage).macs();
  }

  /** How many times less time it takes. */
  double timeSaved(Stage stage) {
    return simd(Operation.STANDARD, stage) / simd(Operation.SEPARABLE, stage);
  }

  /** The same against Winograd's algorithm. */
  double timeSavedAgainstWinograd(Stage stage) {
    return simd(Operation.WINOGRAD, stage) / simd(Operation.SEPARABLE, stage);
  }

  /** How many times faster fusion makes a block. */
  double fusionGain(Stage stage) {
    return simd(Operation.BLOCK, stage) / simd(Operation.FUSED_BLOCK, stage);
  }

  /** The same where everything is in the caches, as far as it fits. */
  double fusionGainCached(Stage stage) {
    return cached(Operation.BLOCK, stage) / cached(Operation.FUSED_BLOCK, stage);
  }

  Numbers fusionGains() {
    return over(WITH_BLOCK, this::fusionGain);
  }

  Numbers fusionGainsCached() {
    return over(WITH_BLOCK, this::fusionGainCached);
  }

  private void arithmetic(Map<String, String> values) {
    values.put("macs.saved", over(ALL, StageReport::macsSaved).range(1));
    values.put(
        "parameters.saved",
        over(
                ALL,
                stage ->
                    (double) Operation.STANDARD.at(stage).parameters()
                        / Operation.SEPARABLE.at(stage).parameters())
            .range(1));
    values.put(
        "depthwise.macs",
        over(
                ALL,
                stage ->
                    100.0
                        * Operation.DEPTHWISE.at(stage).macs()
                        / Operation.SEPARABLE.at(stage).macs())
            .range(0));
  }

  private void time(Map<String, String> values) {
    values.put("time.saved", over(ALL, this::timeSaved).range(1));
    values.put("time.saved.median", text(over(ALL, this::timeSaved).median(), 1));
    Numbers followed = over(ALL, stage -> 100 * timeSaved(stage) / macsSaved(stage));
    values.put("followed", followed.range(0));
    values.put("followed.median", text(followed.median(), 0));
    values.put("winograd.saved", over(WINOGRAD, this::timeSavedAgainstWinograd).medianAndRange(1));
    values.put(
        "winograd.gain",
        over(WINOGRAD, s -> simd(Operation.STANDARD, s) / simd(Operation.WINOGRAD, s))
            .medianAndRange(1));
    values.put("more.stages", names(more()));
    values.put("more.saved", over(more(), this::timeSaved).range(1));
    values.put(
        "more.weights",
        over(more(), stage -> Operation.STANDARD.at(stage).parameters() * 4 / 1e6).range(0));
    List<Stage> others = ALL.stream().filter(stage -> !more().contains(stage)).toList();
    values.put("winograd.lost", names(winogradLost()));
    values.put("others.saved", over(others, this::timeSaved).range(1));
    values.put(
        "others.followed",
        over(others, stage -> 100 * timeSaved(stage) / macsSaved(stage)).range(0));
    values.put("worst.stage", worst().toString());
    values.put("worst.saved", text(timeSaved(worst()), 1));
    for (Operation operation :
        List.of(
            Operation.STANDARD, Operation.DEPTHWISE, Operation.POINTWISE, Operation.SEPARABLE)) {
      Numbers shares = over(ALL, stage -> 100 * times.simd(operation, stage).share());
      values.put("share." + operation.name().toLowerCase(Locale.ROOT), shares.medianAndRange(0));
    }
  }

  /** Stages at which more of the saving arrives than the arithmetic promises. */
  List<Stage> more() {
    return ALL.stream().filter(stage -> timeSaved(stage) > macsSaved(stage)).toList();
  }

  private static String names(List<Stage> stages) {
    return String.join(", ", stages.stream().map(Stage::toString).toList());
  }

  /** Stages at which Winograd's algorithm is slower than the direct one. */
  List<Stage> winogradLost() {
    return WINOGRAD.stream()
        .filter(s -> simd(Operation.WINOGRAD, s) > simd(Operation.STANDARD, s))
        .toList();
  }

  /** Stages at which fusion makes a block slower. */
  List<Stage> lost() {
    return WITH_BLOCK.stream().filter(stage -> fusionGain(stage) < 1).toList();
  }

  Stage best() {
    return ALL.stream().max((a, b) -> Double.compare(timeSaved(a), timeSaved(b))).orElseThrow();
  }

  Stage worst() {
    return ALL.stream().min((a, b) -> Double.compare(timeSaved(a), timeSaved(b))).orElseThrow();
  }

  /** The depthwise part of a separable convolution's time, in per cent. */
  double depthwiseTime(Stage stage) {
    double depthwise = simd(Operation.DEPTHWISE, stage);
    return 100 * depthwise / (depthwise + simd(Operation.POINTWISE, stage));
  }

  private void memory(Map<String, String> values) {
    values.put(
        "depthwise.intensity",
        over(ALL, stage -> times.simd(Operation.DEPTHWISE, stage).intensity()).range(1));
    values.put(
        "standard.intensity",
        over(ALL, stage -> times.simd(Operation.STANDARD, stage).intensity()).range(0));
    values.put(
        "pointwise.intensity",
        over(ALL, stage -> times.simd(Operation.POINTWISE, stage).intensity()).range(0));
    values.put("depthwise.time", over(ALL, this::depthwiseTime).range(0));
    values.put(
        "depthwise.gigabytes",
        over(ALL, stage -> times.simd(Operation.DEPTHWISE, stage).gigabytes()).medianAndRange(1));
    values.put(
        "depthwise.of.bandwidth",
        over(
                ALL,
                stage -> {
                  Time time = times.simd(Operation.DEPTHWISE, stage);
                  return 100 * time.gigabytes() / times.results().bandwidth(time.result(), 1);
                })
            .medianAndRange(0));
    Time any = times.simd(Operation.DEPTHWISE, ALL.get(0));
    double bandwidth = times.results().bandwidth(any.result(), 1);
    values.put("bandwidth", text(bandwidth, 1));
    values.put("peak", text(any.peak(), 1));
    values.put("balance", text(any.peak() / bandwidth, 1));
    values.put("depthwise.roof", percent(bandwidth * 1.125 / any.peak()));
    values.put(
        "depthwise.cached",
        over(ALL, s -> simd(Operation.DEPTHWISE, s) / cached(Operation.DEPTHWISE, s))
            .medianAndRange(1));
    values.put(
        "depthwise.cached.share",
        over(
                ALL,
                stage ->
                    100
                        * times
                            .find(Operation.DEPTHWISE, stage, Arm.simd, 1, Data.CACHE)
                            .orElseThrow()
                            .share())
            .medianAndRange(0));
    values.put(
        "separable.cached",
        over(ALL, s -> simd(Operation.SEPARABLE, s) / cached(Operation.SEPARABLE, s))
            .medianAndRange(1));
  }

  private void fusion(Map<String, String> values) {
    values.put("fusion.gain", fusionGains().medianAndRange(2));
    values.put("fusion.cached", fusionGainsCached().medianAndRange(2));
    values.put(
        "fusion.won", String.valueOf(WITH_BLOCK.stream().filter(s -> fusionGain(s) > 1).count()));
    values.put(
        "fusion.won.cached",
        String.valueOf(WITH_BLOCK.stream().filter(s -> fusionGainCached(s) > 1).count()));
    values.put("blocks", String.valueOf(WITH_BLOCK.size()));
    values.put(
        "fusion.planned",
        names(
            WITH_BLOCK.stream()
                .filter(
                    stage ->
                        Operation.BLOCK.at(stage).plannedKernels().stream()
                            .anyMatch(kernel -> kernel.endsWith("InvertedResidual")))
                .toList()));
    values.put("fusion.lost", names(lost()));
    values.put("fusion.lost.gain", over(lost(), this::fusionGain).range(2));
    Stage most =
        WITH_BLOCK.stream()
            .max((a, b) -> Double.compare(fusionGain(a), fusionGain(b)))
            .orElseThrow();
    values.put("fusion.best.stage", most.toString());
    values.put("fusion.best.gain", text(fusionGain(most), 2));
    values.put("fusion.best.before", bytes(times.simd(Operation.BLOCK, most)));
    values.put("fusion.best.after", bytes(times.simd(Operation.FUSED_BLOCK, most)));
    values.put(
        "fusion.share.before",
        over(WITH_BLOCK, s -> 100 * times.simd(Operation.BLOCK, s).share()).medianAndRange(0));
    values.put(
        "fusion.share.after",
        over(WITH_BLOCK, s -> 100 * times.simd(Operation.FUSED_BLOCK, s).share())
            .medianAndRange(0));
  }

  private static String bytes(Time time) {
    return text(time.bytes() / 1e6, 1);
  }

  private void arms(Map<String, String> values) {
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
          over(
                  ALL,
                  stage ->
                      microseconds(operation, stage, Arm.scalar, 1)
                          / microseconds(operation, stage, Arm.scalar, 2))
              .medianAndRange(2));
    }
    values.put("scalar.saved", saved(Arm.scalar).range(1));
    values.put("auto.saved", saved(Arm.autoVectorized).range(1));
    for (Operation operation :
        List.of(
            Operation.STANDARD, Operation.DEPTHWISE, Operation.SEPARABLE, Operation.FUSED_BLOCK)) {
      List<Stage> stages = operation == Operation.FUSED_BLOCK ? WITH_BLOCK : ALL;
      values.put(
          "two." + operation.name().toLowerCase(Locale.ROOT),
          over(stages, s -> simd(operation, s) / microseconds(operation, s, Arm.simd, 2))
              .medianAndRange(2));
    }
  }

  /** How many times faster one arm is than another, at the stages where both were measured. */
  private Numbers against(Operation operation, Arm slow, Arm fast) {
    return over(
        measured(slow, operation),
        stage -> microseconds(operation, stage, slow, 1) / microseconds(operation, stage, fast, 1));
  }

  /** How many times faster a separable convolution is than a standard one, in an arm. */
  private Numbers saved(Arm arm) {
    return over(
        measured(arm, Operation.SEPARABLE),
        stage ->
            microseconds(Operation.STANDARD, stage, arm, 1)
                / microseconds(Operation.SEPARABLE, stage, arm, 1));
  }

  private List<Stage> measured(Arm arm, Operation operation) {
    return ALL.stream()
        .filter(stage -> times.find(operation, stage, arm, 1, Data.MEMORY).isPresent())
        .toList();
  }

  private void quality(Map<String, String> values) {
    List<Time> all = times.all(Arm.simd, 1, Data.MEMORY);
    Numbers spread = Numbers.of(all.stream().mapToDouble(time -> 100 * time.result().spread()));
    values.put("spread.median", text(spread.median(), 0));
    values.put("spread.most", text(spread.most(), 0));
    values.put(
        "allocated", Numbers.of(all.stream().mapToDouble(Time::allocatedInAnIteration)).range(1));
    Numbers peaks =
        Numbers.of(
            Arrays.stream(Data.values())
                .flatMap(data -> times.all(Arm.simd, 1, data).stream())
                .mapToDouble(Time::peak));
    values.put("peaks", peaks.range(1));
    values.put(
        "bandwidths",
        Numbers.of(all.stream().mapToDouble(time -> times.results().bandwidth(time.result(), 1)))
            .range(1));
  }

  private Markdown table(List<Time> rows) {
    Markdown table =
        new Markdown(
            2,
            "stage",
            "operation",
            "parameters",
            "million MACs",
            "MB",
            "MACs/byte",
            "µs",
            "GMAC/s",
            "% of peak",
            "GB/s",
            "B/op");
    for (Time time : rows) {
      table.row(
          time.stage(),
          NAMES.get(time.operation()),
          String.format(Locale.ROOT, "%,d", time.parameters()),
          text(time.macs() / 1e6, 1),
          text(time.bytes() / 1e6, 2),
          text(time.intensity(), 1),
          text(time.microseconds(), 0),
          text(time.gmacs(), 1),
          percent(time.share()),
          text(time.gigabytes(), 1),
          text(time.allocated(), 0));
    }
    return table;
  }

  private Markdown threads() {
    Markdown table =
        new Markdown(
            2,
            "stage",
            "operation",
            "µs, 1 thread",
            "µs, 2 threads",
            "times faster",
            "GMAC/s",
            "% of peak of 2",
            "B/op");
    for (Time time : times.all(Arm.simd, 2, Data.MEMORY)) {
      double one = simd(time.operation(), time.stage());
      table.row(
          time.stage(),
          NAMES.get(time.operation()),
          text(one, 0),
          text(time.microseconds(), 0),
          text(one / time.microseconds(), 2),
          text(time.gmacs(), 1),
          percent(time.share()),
          text(time.allocated(), 0));
    }
    return table;
  }

  private Markdown armsTable(int threads) {
    Markdown table =
        new Markdown(
            2,
            "stage",
            "operation",
            "scalar µs",
            "auto-vectorised µs",
            "SIMD µs",
            "scalar GMAC/s",
            "auto-vectorised GMAC/s",
            "SIMD GMAC/s",
            "scalar % of peak",
            "auto-vectorised % of peak",
            "SIMD % of peak");
    for (Time scalar : times.all(Arm.scalar, threads, Data.MEMORY)) {
      List<Time> arms =
          Arrays.stream(Arm.values())
              .map(
                  arm ->
                      times
                          .find(scalar.operation(), scalar.stage(), arm, threads, Data.MEMORY)
                          .orElseThrow())
              .toList();
      List<Object> cells = new ArrayList<>(List.of(scalar.stage(), NAMES.get(scalar.operation())));
      arms.forEach(time -> cells.add(text(time.microseconds(), 0)));
      arms.forEach(time -> cells.add(text(time.gmacs(), 1)));
      arms.forEach(time -> cells.add(percent(time.share())));
      table.row(cells.toArray());
    }
    return table;
  }

  private Markdown cacheTable() {
    Markdown table =
        new Markdown(
            2,
            "stage",
            "operation",
            "µs from memory",
            "µs from caches",
            "times faster",
            "GMAC/s",
            "% of peak",
            "GB/s");
    for (Time time : times.all(Arm.simd, 1, Data.CACHE)) {
      double memory = simd(time.operation(), time.stage());
      table.row(
          time.stage(),
          NAMES.get(time.operation()),
          text(memory, 0),
          text(time.microseconds(), 0),
          text(memory / time.microseconds(), 2),
          text(time.gmacs(), 1),
          percent(time.share()),
          text(time.gigabytes(), 1));
    }
    return table;
  }

  /** Times fewer multiply-adds, and times less time. */
  String savedChart() {
    return new Bars(
            "Depthwise-separable against standard 3x3",
            "times fewer, or faster; one thread, data in memory",
            List.of(
                "multiply-adds",
                "time, against the standard convolution product by product",
                "time, against the standard convolution by Winograd"),
            groups(
                ALL,
                List.of(
                    StageReport::macsSaved,
                    this::timeSaved,
                    stage -> stage.stride() == 1 ? timeSavedAgainstWinograd(stage) : Double.NaN)),
            0,
            "")
        .draw();
  }

  /** What fusion gains. */
  String fusionChart() {
    return new Bars(
            "What fusing an inverted residual gains",
            "times faster than one convolution after the other, one thread",
            List.of("data in memory", "data in caches, as far as it fits"),
            groups(WITH_BLOCK, List.of(this::fusionGain, this::fusionGainCached)),
            1,
            "no difference")
        .draw();
  }

  private static List<Bars.Group> groups(List<Stage> stages, List<ToDoubleFunction<Stage>> series) {
    return stages.stream()
        .map(
            stage ->
                new Bars.Group(
                    stage.toString(),
                    series.stream().mapToDouble(value -> value.applyAsDouble(stage)).toArray()))
        .toList();
  }

  /** All operations under the machine's roofs. */
  String roofsChart() {
    Time any = times.simd(Operation.DEPTHWISE, ALL.get(0));
    List<Roofs.Series> series = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      series.add(
          new Roofs.Series(NAMES.get(operation), points(time -> time.operation() == operation)));
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
                    NAMES.get(time.operation()) + " " + time.stage(),
                    time.intensity(),
                    time.gmacs()))
        .toList();
  }
}
