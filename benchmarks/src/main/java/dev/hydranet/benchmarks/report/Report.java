package dev.hydranet.benchmarks.report;

import dev.hydranet.benchmarks.ladder.Ladder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the pages and charts that are made from JMH's results. */
public final class Report {
  /** Narrow enough for letters to keep their size on a phone. */
  static final int PICTURE_WIDTH = 480;

  private Report() {}

  /**
   * Reads {@code benchmarks/results} and writes {@code docs}.
   *
   * @param args the repository's root
   * @throws IOException if something cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected the repository's root");
    }
    Path root = Path.of(args[0]);
    for (Map.Entry<String, String> page : pages(root).entrySet()) {
      Path file = root.resolve("docs").resolve(page.getKey());
      Files.writeString(file, page.getValue());
      System.out.println(file);
    }
  }

  /** The files' contents by name. */
  static Map<String, String> pages(Path root) throws IOException {
    Path benchmarks = root.resolve("benchmarks");
    Results results = Results.in(benchmarks.resolve("results"));
    StageTimes stages = new StageTimes(results);
    LadderReport ladders = new LadderReport(results, benchmarks.resolve("src/main/java"));
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("depthwise-vs-standard.md", new StageReport(stages).page());
    pages.put("depthwise-saved.svg", new Savings(stages).chart());
    pages.put("depthwise-roofs.svg", new MemoryTraffic(stages).roofsChart());
    pages.put("depthwise-fusion.svg", new FusionGains(stages).chart());
    pages.put("ladder.md", ladders.page());
    for (Ladder ladder : Ladder.values()) {
      String name = ladder.name().toLowerCase(Locale.ROOT);
      pages.put("ladder-" + name + ".svg", ladders.chart(ladder));
    }
    return pages;
  }
}
