package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.cli.network.LayerTable;
import dev.hydranet.cli.timing.Latencies;
import dev.hydranet.cli.timing.StepTimes;
import dev.hydranet.engine.Engine;
import dev.hydranet.engine.plan.PlanInfo;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.StepInfo;
import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
  @TempDir private Path folder;

  @Test
  void printsFiguresThatGoTogether() throws IOException {
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Cli.Result result =
        Cli.at(folder)
            .run(
                "bench",
                "--weights",
                weights,
                "--size",
                "97x131",
                "--threads",
                "2",
                "--layers",
                "--svg",
                folder.resolve("roofline.svg"));
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    List<String> lines = result.out().lines().toList();
    double gmacs =
        LayerTable.of(
                    SmallNetwork.GRAPH, Map.of("input", SmallNetwork.input(1, 3, 97, 131).shape()))
                .macs()
            / 1e9;
    assertThat(lines.getFirst())
        .isEqualTo(
            "%s, input [1, 3, 97, 131], %.3f billion multiply-adds, %s",
            weights, gmacs, Engine.info().reason());
    assertThat(lines.get(2))
        .containsPattern("median +min +p99 +images +network +peak +share +memory");
    double[] row = figures(lines.get(4));
    assertThat(row).hasSize(9);
    assertThat(row[0]).isEqualTo(2);
    assertThat(row[1]).as("median").isBetween(row[2], row[3]);
    assertThat(row[4] * row[1]).as("images/s").isEqualTo(1000, within(1000 * 0.1 / row[1]));
    assertThat(row[7]).as("share of the peak").isEqualTo(100 * row[5] / row[6], within(1.0));
    assertThat(row[8]).as("memory").isPositive();

    assertThat(lines.subList(5, 8)).containsExactly("", "Steps on 2 threads", "");
    List<StepInfo> steps =
        Planner.plan(SmallNetwork.GRAPH, SmallNetwork.WEIGHTS)
            .info(Shape.of(1, 3, 97, 131))
            .steps();
    assertThat(lines.get(8)).containsPattern("value +kernel +ms +% +GMAC/s +peak % +MB +GB/s");
    for (int i = 0; i < steps.size(); i++) {
      assertThat(lines.get(9 + i))
          .startsWith(steps.get(i).value() + " ")
          .contains(" " + steps.get(i).kernel() + " ");
    }
    int end = 9 + steps.size();
    double[] total = figures(lines.get(end).substring("total".length()));
    assertThat(total[1]).isEqualTo(100);
    assertThat(total[3]).isEqualTo(100 * total[2] / row[6], within(1.0));
    assertThat(lines.get(end + 1)).isEmpty();
    assertThat(lines.get(end + 2)).startsWith("kernel ");
    Set<String> kernels = steps.stream().map(StepInfo::kernel).collect(Collectors.toSet());
    assertThat(lines.subList(end + 3, lines.size()))
        .extracting(line -> line.split(" ")[0])
        .containsExactlyInAnyOrderElementsOf(kernels);
    assertThat(folder.resolve("roofline.svg"))
        .content()
        .contains("<title>" + weights + ", 97x131 on 2 threads</title>");
  }

  @Test
  void timesTheModelInTheBoxUnlessToldOtherwise() {
    Cli.Result result = Cli.at(folder).run("bench", "--size", "16x16", "--threads", "1");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("bundled, input [1, 3, 16, 16], ");
  }

  private static double[] figures(String line) {
    return Arrays.stream(line.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void stepsTakeTheMedianOfTheirRuns() {
    PlanInfo plan =
        new PlanInfo(
            List.of(step("a", "K", 0, 8), step("b", "L", 6, 4), step("c", "K", 2, 4)), 0, 0);
    StepTimes times =
        StepTimes.of(
            plan,
            List.of(
                new long[] {1_000_000, 9_000_000, 2_000_000},
                new long[] {3_000_000, 5_000_000, 2_000_000},
                new long[] {2_000_000, 1_000_000, 7_000_000}));
    assertThat(times.rows())
        .containsExactly(
            new StepTimes.Row("a", "K", 1, 2, 0, 8),
            new StepTimes.Row("b", "L", 1, 5, 6, 4),
            new StepTimes.Row("c", "K", 1, 2, 2, 4));
    assertThat(times.byKernel())
        .containsExactly(
            new StepTimes.Row("L", "L", 1, 5, 6, 4), new StepTimes.Row("K", "K", 2, 4, 2, 12));
    StepTimes.Row total = times.total();
    assertThat(total).isEqualTo(new StepTimes.Row("total", "", 3, 9, 8, 16));
    assertThat(total.intensity()).isEqualTo(0.5);
    assertThat(total.macsPerSecond()).isEqualTo(8 / 9e-3, within(1e-9));
    assertThat(total.bytesPerSecond()).isEqualTo(16 / 9e-3, within(1e-9));
  }

  private static StepInfo step(String value, String kernel, long macs, long bytes) {
    return new StepInfo(value, List.of(), "", kernel, Shape.of(1), macs, macs, 1, bytes, 0, 0);
  }

  @Test
  void latenciesAreOrdered() {
    Latencies even = new Latencies(4_000_000, 1_000_000, 3_000_000, 2_000_000);
    assertThat(even.minimum()).isEqualTo(1);
    assertThat(even.median()).isEqualTo(2.5);
    assertThat(even.percentile(99)).isEqualTo(4);
    long[] hundred = new long[200];
    Arrays.setAll(hundred, i -> (200 - i) * 1_000_000L);
    assertThat(new Latencies(hundred).percentile(99)).isEqualTo(198);
    assertThat(new Latencies(5_000_000).median()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --threads 0     | --threads must be at least 1, found 0
          --threads 1,-2  | --threads must be at least 1, found -2
          --threads 1,two | Invalid value for option '--threads'
          --size 480      | Invalid value for option '--size'
          """)
  void wrongUsage(String options, String message) {
    Cli.Result result = Cli.at(folder).run((Object[]) ("bench " + options).split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("hydranet: " + message);
  }

  @Test
  void weightsThatAreNotThere() {
    Cli.Result result = Cli.at(folder).run("bench", "--weights", "nowhere.safetensors");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("hydranet: nowhere.safetensors: no such file");
  }
}
