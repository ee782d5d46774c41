package dev.hydranet.benchmarks.peers;

import dev.hydranet.benchmarks.kernels.SingleLayer;
import dev.hydranet.benchmarks.network.Scenario;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Plan;
import dev.hydranet.engine.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times this engine and native runtimes on the same networks, and prints tables. */
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
  /** What is printed. */
  private enum Table {
    NETWORKS,
    LAYERS,
    IMPORTED,
    COLD
  }

  @Option(
      names = "--tables",
      split = ",",
      description =
          "Of ${COMPLETION-CANDIDATES}; all without it. NETWORKS: whole networks, by turns. LAYERS:"
              + " single layers of this engine and ONNX Runtime. IMPORTED: the models of --imported."
              + " COLD: cold starts and memory, each in its own JVM.")
  private Set<Table> tables = EnumSet.allOf(Table.class);

  @Option(
      names = "--models",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES}; all without it.")
  private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

  @Option(
      names = "--layers",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES}; all without it.")
  private Set<SingleLayer> layers = EnumSet.allOf(SingleLayer.class);

  @Option(
      names = "--imported",
      paramLabel = "FOLDER",
      description =
          "Of the .onnx files for the table IMPORTED, which is empty without it. Their open extents"
              + " become 1x3x480x640; height and width those of a name that ends in -HxW.onnx.")
  private Path imported;

  @Option(names = "--threads", split = ",", description = "Numbers of threads; 1,2 without it.")
  private SortedSet<Integer> threads = new TreeSet<>(List.of(1, 2));

  @Option(
      names = "--peers",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES}; all without it. This engine always runs.")
  private Set<RuntimeKind> kinds = EnumSet.allOf(RuntimeKind.class);

  @Option(names = "--rounds", description = "Turns of each runtime; ${DEFAULT-VALUE} without it.")
  private int rounds = 5;

  @Option(names = "--runs", description = "Timed runs in a turn; ${DEFAULT-VALUE} without it.")
  private int runs = 20;

  /** Whether all results were within tolerance. */
  private boolean right = true;

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
      System.out.println(Machine.description());
      if (tables.contains(Table.NETWORKS) || tables.contains(Table.COLD)) {
        for (Scenario scenario : scenarios) {
          files.write(scenario);
        }
      }
      if (tables.contains(Table.NETWORKS)) {
        printNetworks(files);
      }
      if (tables.contains(Table.LAYERS)) {
        printLayers(files);
      }
      if (tables.contains(Table.IMPORTED) && imported != null) {
        printImported();
      }
      if (tables.contains(Table.COLD)) {
        printColdStarts(files);
      }
      return right ? 0 : 1;
    } finally {
      delete(files.folder());
    }
  }

  private void printNetworks(ModelFiles files) throws Exception {
    System.out.printf("%nMilliseconds a picture, %d rounds of %d runs%n%n", rounds, runs);
    Markdown table =
        new Markdown(
            "model",
            "threads",
            "runtime",
            "median",
            "best round",
            "minimum",
            "times ours",
            "speed-up",
            "error");
    Map<RuntimeKind, String> versions = new EnumMap<>(RuntimeKind.class);
    for (Scenario scenario : scenarios) {
      Map<Contest.Entrant, Contest.Result> results =
          new Contest(scenario).run(kinds, threads, files, rounds, runs);
      results.forEach(
          (entrant, result) -> {
            Timing timing = result.timing();
            Timing ours =
                results.get(new Contest.Entrant(RuntimeKind.HYDRANET, entrant.threads())).timing();
            Timing fewest =
                results.get(new Contest.Entrant(entrant.kind(), threads.first())).timing();
            table.row(
                scenario,
                entrant.threads(),
                entrant.kind().label(),
                milliseconds(timing.median()),
                milliseconds(timing.bestRound()),
                milliseconds(timing.minimum()),
                ratio(timing.times(ours)),
                ratio(fewest.times(timing)),
                result.agreement());
            right &= result.agreement().right();
            versions.put(entrant.kind(), result.version());
          });
    }
    System.out.println();
    versions.forEach((kind, version) -> System.out.println(kind.label() + ": " + version));
  }

  private void printLayers(ModelFiles files) throws Exception {
    System.out.printf("%nMilliseconds a layer at 480x640, %d rounds of %d runs%n%n", rounds, runs);
    Markdown table =
        new Markdown(
            "layer",
            "threads",
            "this engine",
            "GMAC/s",
            "ONNX Runtime",
            "GMAC/s",
            "times ours",
            "error");
    for (SingleLayer layer : layers) {
      for (int count : threads) {
        LayerContest.Result result =
            new LayerContest(layer, files.folder()).run(count, rounds, runs);
        table.row(
            layer,
            count,
            String.format("%.2f", result.ours()),
            String.format("%.1f", layer.macs() / result.ours() / 1e6),
            String.format("%.2f", result.theirs()),
            String.format("%.1f", layer.macs() / result.theirs() / 1e6),
            ratio(result.times()),
            result.agreement());
        right &= result.agreement().right();
      }
    }
  }

  private void printImported() throws Exception {
    System.out.printf("%nMilliseconds a run, %d rounds of %d runs%n%n", rounds, runs);
    Markdown table =
        new Markdown(
            "network",
            "input",
            "GMAC",
            "threads",
            "this engine",
            "ONNX Runtime",
            "times ours",
            "minima",
            "error");
    for (Path file : ImportedNetwork.in(imported)) {
      ImportedNetwork network = new ImportedNetwork(file);
      for (int count : threads) {
        ImportedNetwork.Result result = network.run(count, rounds, runs);
        table.row(
            network.name(),
            network.shapes().values().iterator().next(),
            String.format("%.2f", network.macs() / 1e9),
            count,
            milliseconds(result.ours().median()),
            milliseconds(result.theirs().median()),
            ratio(result.theirs().times(result.ours())),
            milliseconds(result.ours().minimum()) + " / " + milliseconds(result.theirs().minimum()),
            result.agreement());
        right &= result.agreement().right();
      }
    }
  }

  private void printColdStarts(ModelFiles files) throws IOException, InterruptedException {
    System.out.printf(
        "%nCold starts: milliseconds to main, to load, of the first run, all together;"
            + " growth of the process in MB%n%n");
    Markdown table =
        new Markdown("model", "threads", "runtime", "start", "load", "first", "total", "growth");
    Map<Scenario, Map<Integer, Long>> growths = new EnumMap<>(Scenario.class);
    for (Scenario scenario : scenarios) {
      for (int count : threads) {
        for (RuntimeKind kind : kinds) {
          ColdStart start = ColdStart.of(kind, files, scenario, count);
          table.row(
              scenario,
              count,
              kind.label(),
              Math.round(start.start()),
              Math.round(start.load()),
              Math.round(start.first()),
              Math.round(start.total()),
              start.growth() >> 20);
          if (kind == RuntimeKind.ONNXRUNTIME) {
            growths.computeIfAbsent(scenario, s -> new TreeMap<>()).put(count, start.growth());
          }
        }
      }
    }
    printMemory(growths);
  }

  /**
   * Prints what this engine's sessions hold beside what ONNX Runtime's process grew by.
   *
   * @param growths bytes by scenario and number of threads
   */
  private static void printMemory(Map<Scenario, Map<Integer, Long>> growths) {
    System.out.printf("%nMemory in MB: activations and scratch of this engine%n%n");
    Markdown table = new Markdown("model", "threads", "this engine", "ONNX Runtime", "share");
    growths.forEach(
        (scenario, byThreads) -> {
          Plan plan = Planner.plan(scenario.graph(), scenario.weights());
          byThreads.forEach(
              (count, growth) -> {
                long bytes = plan.info(scenario.shape()).workingBytes(Threads.of(count));
                table.row(
                    scenario, count, bytes >> 20, growth >> 20, ratio((double) bytes / growth));
              });
        });
  }

  private static String milliseconds(double value) {
    return String.format("%.1f", value);
  }

  private static String ratio(double value) {
    return String.format("%.2f", value);
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
