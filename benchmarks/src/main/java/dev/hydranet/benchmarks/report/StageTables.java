package dev.hydranet.benchmarks.report;

import static dev.hydranet.benchmarks.report.Numbers.percent;
import static dev.hydranet.benchmarks.report.Numbers.text;

import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.report.StageTimes.Arm;
import dev.hydranet.benchmarks.report.StageTimes.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All times, as tables. */
record StageTables(StageTimes times) {
  /** Puts all of them in. */
  void tables(Map<String, String> values) {
    values.put("table.simd", table(times.all(Arm.simd, 1, Data.MEMORY)).toString());
    values.put("table.threads", threads().toString());
    values.put("table.arms", armsTable(1).toString());
    values.put("table.arms.threads", armsTable(2).toString());
    values.put("table.cache", cacheTable().toString());
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
          StageTimes.name(time.operation()),
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
      double one = times.microseconds(time.operation(), time.stage());
      table.row(
          time.stage(),
          StageTimes.name(time.operation()),
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
      List<Object> cells =
          new ArrayList<>(List.of(scalar.stage(), StageTimes.name(scalar.operation())));
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
      double memory = times.microseconds(time.operation(), time.stage());
      table.row(
          time.stage(),
          StageTimes.name(time.operation()),
          text(memory, 0),
          text(time.microseconds(), 0),
          text(memory / time.microseconds(), 2),
          text(time.gmacs(), 1),
          percent(time.share()),
          text(time.gigabytes(), 1));
    }
    return table;
  }
}
