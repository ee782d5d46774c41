package dev.hydranet.benchmarks.report;

import static dev.hydranet.benchmarks.report.Numbers.text;

import dev.hydranet.benchmarks.report.StageTimes.Time;
import dev.hydranet.benchmarks.stages.Operation;
import dev.hydranet.benchmarks.stages.Stage;
import java.util.List;
import java.util.Map;

/** What fusing an inverted residual gains. */
record FusionGains(StageTimes times) {
  /** How many times faster fusion makes a block. */
  double gain(Stage stage) {
    return times.microseconds(Operation.BLOCK, stage)
        / times.microseconds(Operation.FUSED_BLOCK, stage);
  }

  /** The same where everything is in the caches, as far as it fits. */
  double cachedGain(Stage stage) {
    return times.cached(Operation.BLOCK, stage) / times.cached(Operation.FUSED_BLOCK, stage);
  }

  Numbers gains() {
    return Stages.over(Stages.WITH_BLOCK, this::gain);
  }

  Numbers cachedGains() {
    return Stages.over(Stages.WITH_BLOCK, this::cachedGain);
  }

  /** Stages at which fusion makes a block slower. */
  List<Stage> lost() {
    return Stages.WITH_BLOCK.stream().filter(stage -> gain(stage) < 1).toList();
  }

  /** The numbers of the page. */
  void fusion(Map<String, String> values) {
    values.put("fusion.gain", gains().medianAndRange(2));
    values.put("fusion.cached", cachedGains().medianAndRange(2));
    values.put(
        "fusion.won", String.valueOf(Stages.WITH_BLOCK.stream().filter(s -> gain(s) > 1).count()));
    values.put(
        "fusion.won.cached",
        String.valueOf(Stages.WITH_BLOCK.stream().filter(s -> cachedGain(s) > 1).count()));
    values.put("blocks", String.valueOf(Stages.WITH_BLOCK.size()));
    values.put(
        "fusion.planned",
        Stages.names(
            Stages.WITH_BLOCK.stream()
                .filter(
                    stage ->
                        Operation.BLOCK.at(stage).plannedKernels().stream()
                            .anyMatch(kernel -> kernel.endsWith("InvertedResidual")))
                .toList()));
    values.put("fusion.lost", Stages.names(lost()));
    values.put("fusion.lost.gain", Stages.over(lost(), this::gain).range(2));
    Stage most =
        Stages.WITH_BLOCK.stream().max((a, b) -> Double.compare(gain(a), gain(b))).orElseThrow();
    values.put("fusion.best.stage", most.toString());
    values.put("fusion.best.gain", text(gain(most), 2));
    values.put("fusion.best.before", bytes(times.simd(Operation.BLOCK, most)));
    values.put("fusion.best.after", bytes(times.simd(Operation.FUSED_BLOCK, most)));
    values.put(
        "fusion.share.before",
        Stages.over(Stages.WITH_BLOCK, s -> 100 * times.simd(Operation.BLOCK, s).share())
            .medianAndRange(0));
    values.put(
        "fusion.share.after",
        Stages.over(Stages.WITH_BLOCK, s -> 100 * times.simd(Operation.FUSED_BLOCK, s).share())
            .medianAndRange(0));
  }

  private static String bytes(Time time) {
    return text(time.bytes() / 1e6, 1);
  }

  /** What fusion gains. */
  String chart() {
    return new Bars(
            "What fusing an inverted residual gains",
            "times faster than one convolution after the other, one thread",
            List.of("data in memory", "data in caches, as far as it fits"),
            Stages.groups(Stages.WITH_BLOCK, List.of(this::gain, this::cachedGain)),
            1,
            "no difference")
        .draw();
  }
}
