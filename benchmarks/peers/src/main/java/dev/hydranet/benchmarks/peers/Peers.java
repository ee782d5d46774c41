package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times this engine and native runtimes on the same networks, and prints one table. */
@Command(
    name = "peers",
    description = {
      "Time this engine and native CPU runtimes on the same networks, taking turns in one process.",
      "Float32, batch 1, seeded weights, models written by this project's own exporter. Exits with"
          + " 1 if a runtime's results differ from this engine's by more than the tolerance."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class Peers implements Callable<Integer> {
  private static final String ROW = "| %-14s | %7s | %-18s | %7s | %10s | %7s | %10s | %7s |%n";
  private static final String COLD_ROW = "| %-14s | %7s | %-18s | %5s | %5s | %5s | %5s | %6s |%n";

  @Option(
      names = "--models",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES}; all without it.")
  private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

  @Option(names = "--threads", split = ",", description = "Numbers of threads; 1,2 without it.")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--peers",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES}; all without it. This engine always runs.")
  private Set<RuntimeKind> kinds = EnumSet.allOf(RuntimeKind.class);

  @Option(names = "--rounds", description = "Turns of each runtime; ${DEFAULT-VALUE} without it.")
  private int rounds = 5;

  @Option(names = "--runs", description = "Timed runs in a turn; ${DEFAULT-VALUE} without it.")
  private int runs = 20;

  @Option(
      names = "--cold",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Also time cold starts, each in a JVM of its own; --no-cold leaves them out.")
  private boolean cold;

  private Peers() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Peers());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    kinds = EnumSet.copyOf(kinds);
    kinds.add(RuntimeKind.HYDRANET);
    ModelFiles files = new ModelFiles(Files.createTempDirectory("hydranet-peers"));
    try {
      for (Scenario scenario : scenarios) {
        files.write(scenario);
      }
      System.out.println(Machine.description());
      boolean right = printTimings(files);
      if (cold) {
        printColdStarts(files);
      }
      return right ? 0 : 1;
    } finally {
      delete(files.folder());
    }
  }

  private boolean printTimings(ModelFiles files) throws Exception {
    System.out.printf("%nMilliseconds a picture, %d rounds of %d runs%n%n", rounds, runs);
    System.out.printf(
        ROW,
        "model",
        "threads",
        "runtime",
        "median",
        "best round",
        "minimum",
        "times ours",
        "error");
    System.out.printf(ROW.replaceAll("%-?\\d+s", "%s"), rule());
    boolean right = true;
    Map<RuntimeKind, String> versions = new EnumMap<>(RuntimeKind.class);
    for (Scenario scenario : scenarios) {
      for (int count : threads) {
        Map<RuntimeKind, Contest.Result> results =
            new Contest(scenario).run(kinds, files, count, rounds, runs);
        Timing ours = results.get(RuntimeKind.HYDRANET).timing();
        for (Map.Entry<RuntimeKind, Contest.Result> entry : results.entrySet()) {
          Contest.Result result = entry.getValue();
          Timing timing = result.timing();
          System.out.printf(
              ROW,
              scenario,
              count,
              entry.getKey().label(),
              milliseconds(timing.median()),
              milliseconds(timing.bestRound()),
              milliseconds(timing.minimum()),
              String.format("%.2f", timing.times(ours)),
              String.format("%.0e", result.error()) + (result.right() ? "" : " WRONG"));
          right &= result.right();
          versions.put(entry.getKey(), result.version());
        }
      }
    }
    System.out.println();
    versions.forEach((kind, version) -> System.out.println(kind.label() + ": " + version));
    return right;
  }

  private void printColdStarts(ModelFiles files) throws IOException, InterruptedException {
    System.out.printf(
        "%nCold starts: milliseconds to main, to load, of the first run, all together;"
            + " growth of the process in MB%n%n");
    System.out.printf(
        COLD_ROW, "model", "threads", "runtime", "start", "load", "first", "total", "growth");
    System.out.printf(COLD_ROW.replaceAll("%-?\\d+s", "%s"), rule());
    for (Scenario scenario : scenarios) {
      for (int count : threads) {
        for (RuntimeKind kind : kinds) {
          ColdStart start = ColdStart.of(kind, files, scenario, count);
          System.out.printf(
              COLD_ROW,
              scenario,
              count,
              kind.label(),
              Math.round(start.start()),
              Math.round(start.load()),
              Math.round(start.first()),
              Math.round(start.total()),
              start.growth() >> 20);
        }
      }
    }
  }

  private static Object[] rule() {
    return Stream.generate(() -> "---").limit(8).toArray();
  }

  private static String milliseconds(double value) {
    return String.format("%.1f", value);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
