package dev.hydranet.benchmarks.report;

import static dev.hydranet.benchmarks.report.Numbers.text;

import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.report.StageTimes.Arm;
import dev.hydranet.benchmarks.report.StageTimes.Time;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page on what a depthwise convolution costs against a standard one, from measurements. */
record StageReport(StageTimes times) {
  /** The report in Markdown. */
  String page() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Savings savings = new Savings(times);
    savings.arithmetic(values);
    savings.time(values);
    new MemoryTraffic(times).memory(values);
    new FusionGains(times).fusion(values);
    new ArmGains(times).arms(values);
    quality(values);
    new StageTables(times).tables(values);
    return Template.fill("depthwise-vs-standard.md", values);
  }

  /** How far the measurements can be trusted. */
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
}
