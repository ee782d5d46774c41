package dev.hydranet.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.benchmarks.harness.NotApplicableException;
import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.ladder.Ladder;
import dev.hydranet.benchmarks.report.LadderReport.Row;
import dev.hydranet.benchmarks.report.StageTimes.Arm;
import dev.hydranet.benchmarks.stages.Operation;
import dev.hydranet.benchmarks.stages.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pages and charts in docs are what the committed results make, and what they say is true. */
class ReportTest {
  private static final Path ROOT = Path.of("..");

  private static Results results() throws IOException {
    return Results.in(ROOT.resolve("benchmarks/results"));
  }

  @Test
  void pagesAreMadeFromTheResults() throws IOException {
    for (Map.Entry<String, String> page : Report.pages(ROOT).entrySet()) {
      assertThat(ROOT.resolve("docs").resolve(page.getKey())).hasContent(page.getValue());
    }
  }

  @Test
  void placesAreFilled() throws IOException {
    assertThat(Report.pages(ROOT))
        .allSatisfy((name, page) -> assertThat(page).doesNotContain("${", "NaN", "Infinity"));
    assertThatThrownBy(() -> Template.fill("ladder.md", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ladder.md: nothing for channels");
  }

  @Test
  void chartsAreWellFormedAndHoldTheirTexts() throws Exception {
    for (Map.Entry<String, String> page : Report.pages(ROOT).entrySet()) {
      if (page.getKey().endsWith(".svg")) {
        byte[] svg = page.getValue().getBytes(StandardCharsets.UTF_8);
        NodeList texts =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getElementsByTagName("text");
        assertThat(texts.getLength()).isGreaterThan(10);
        for (int i = 0; i < texts.getLength(); i++) {
          Element text = (Element) texts.item(i);
          double x = Double.parseDouble(text.getAttribute("x"));
          assertThat(x).as(text.getTextContent()).isBetween(0.0, (double) Report.PICTURE_WIDTH);
        }
      }
    }
  }

  /** What the prose of depthwise-vs-standard.md says without a number. */
  @Test
  void whatIsSaidOfStagesIsTrue() throws IOException {
    StageTimes times = new StageTimes(results());
    Savings savings = new Savings(times);
    FusionGains fusion = new FusionGains(times);
    for (Stage stage : Stage.values()) {
      double standard = times.simd(Operation.STANDARD, stage).share();
      double depthwise = times.simd(Operation.DEPTHWISE, stage).share();
      double pointwise = times.simd(Operation.POINTWISE, stage).share();
      assertThat(depthwise).as("depthwise is far from the peak").isLessThan(standard / 2);
      assertThat(depthwise).isLessThan(pointwise);
      assertThat(savings.timeSaved(stage)).as("some of the saving arrives").isGreaterThan(1);
      assertThat(times.find(Operation.DEPTHWISE, stage, Arm.simd, 1, Data.CACHE).orElseThrow())
          .as("caches are faster than memory")
          .satisfies(cached -> assertThat(cached.share()).isGreaterThan(depthwise));
    }
    assertThat(savings.worst().channels())
        .as("few channels save least")
        .isLessThan(savings.best().channels());
    assertThat(savings.more())
        .as("small images whose weights are larger than a second-level cache")
        .isNotEmpty()
        .allMatch(stage -> stage.size() <= 14)
        .allMatch(stage -> Operation.STANDARD.at(stage).parameters() > 1 << 18);
    assertThat(savings.winogradLost())
        .as("Winograd's algorithm loses where images are small")
        .isNotEmpty()
        .allMatch(stage -> stage.size() <= 7);
    assertThat(fusion.lost())
        .as("fusion loses where images are small")
        .isNotEmpty()
        .allMatch(stage -> stage.size() <= 14);
    assertThat(fusion.cachedGains().median())
        .as("less to win in the caches")
        .isLessThan(fusion.gains().median());
  }

  /** What the prose of ladder.md says without a number. */
  @Test
  void whatIsSaidOfRungsIsTrue() throws IOException {
    LadderReport report = new LadderReport(results(), ROOT.resolve("benchmarks/src/main/java"));
    List<Row> standard = report.rows(Ladder.STANDARD, Data.MEMORY);
    List<Row> pointwise = report.rows(Ladder.POINTWISE, Data.MEMORY);
    List<Row> depthwise = report.rows(Ladder.DEPTHWISE, Data.MEMORY);
    List<Row> cached = report.rows(Ladder.DEPTHWISE, Data.CACHE);
    for (List<Row> rows : List.of(standard, pointwise, depthwise, cached)) {
      assertThat(rows).allSatisfy(row -> assertThat(row.idea()).endsWith(".").isNotBlank());
    }
    for (int rung = 1; rung < 8; rung++) {
      assertThat(gain(standard, rung)).as("each rung buys something").isGreaterThan(1);
    }
    assertThat(gain(standard, 9)).as("Winograd").isGreaterThan(1);
    assertThat(pointwise.getFirst().gmacs())
        .as("the slowest definition")
        .isLessThan(Math.min(standard.getFirst().gmacs(), depthwise.getFirst().gmacs()));
    assertThat(gain(pointwise, 5)).as("little or nothing").isBetween(0.9, 1.1);
    assertThat(gain(pointwise, 6)).as("little or nothing").isBetween(0.9, 1.1);
    assertThat(gain(depthwise, 4)).as("from memory").isLessThan(1);
    assertThat(gain(cached, 4)).as("from the caches").isGreaterThan(1.2);
    assertThat(LadderReport.engine(cached).share()).isLessThan(0.5);
  }

  /** How many times faster a rung is than the one below it, counted from 0. */
  private static double gain(List<Row> rows, int rung) {
    return rows.get(rung - 1).microseconds() / rows.get(rung).microseconds();
  }

  @Test
  void everyOperationThatAStageHasWasMeasured() throws IOException {
    StageTimes times = new StageTimes(results());
    for (Stage stage : Stage.values()) {
      for (Operation operation : Operation.values()) {
        boolean there = true;
        try {
          operation.at(stage);
        } catch (NotApplicableException e) {
          there = false;
        }
        for (int threads = 1; threads <= 2; threads++) {
          assertThat(times.find(operation, stage, Arm.simd, threads, Data.MEMORY).isPresent())
              .as("%s at %s on %s threads", operation, stage, threads)
              .isEqualTo(there);
        }
      }
    }
  }

  @Test
  void filesThatAreNoResultsAreNamed(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Results.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + ": expected JMH's results in JSON, found none");
    Path file = Files.writeString(folder.resolve("x.json"), "{\"a\": [1]}");
    assertThatThrownBy(() -> Results.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": expected JMH's results, found other JSON");
  }

  @Test
  void scoresAreMedians() {
    JmhResult result =
        new JmhResult(
            ROOT,
            "A.b",
            Map.of(),
            List.of(new double[] {1, 3, 2}, new double[] {9, 3, 3}),
            Map.of());
    assertThat(result.score()).isEqualTo(3);
    assertThat(result.spread()).isEqualTo(0.5);
  }
}
