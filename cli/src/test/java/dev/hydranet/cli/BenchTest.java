package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hydranet.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
  @TempDir private Path folder;

  @Test
  void printsARowOfFiguresThatGoTogether() throws IOException {
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Cli.Result result =
        Cli.at(folder).run("bench", "--weights", weights, "--size", "97x131", "--threads", "2");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    List<String> lines = result.out().lines().toList();
    double gmacs =
        LayerTable.of(SmallNetwork.GRAPH, SmallNetwork.input(1, 3, 97, 131).shape()).macs() / 1e9;
    assertThat(lines.getFirst())
        .isEqualTo(
            "%s, input [1, 3, 97, 131], %.3f billion multiply-adds, %s",
            weights, gmacs, Engine.info().reason());
    assertThat(lines.get(2))
        .containsPattern("median +min +p99 +images +network +peak +share +memory");
    assertThat(lines).hasSize(5);
    double[] row =
        Arrays.stream(lines.getLast().strip().split(" +"))
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertThat(row).hasSize(9);
    assertThat(row[0]).isEqualTo(2);
    assertThat(row[1]).as("median").isBetween(row[2], row[3]);
    assertThat(row[4] * row[1]).as("images/s").isEqualTo(1000, within(1000 * 0.1 / row[1]));
    assertThat(row[7]).as("share of the peak").isEqualTo(100 * row[5] / row[6], within(1.0));
    assertThat(row[8]).as("memory").isPositive();
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
