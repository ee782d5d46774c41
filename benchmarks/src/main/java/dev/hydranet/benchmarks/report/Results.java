package dev.hydranet.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The results of several runs of JMH. */
record Results(List<JmhResult> all) {
  /**
   * Reads all JSON files of a folder.
   *
   * @throws IOException if there is none, or one cannot be read
   */
  static Results in(Path folder) throws IOException {
    List<JmhResult> all = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException(folder + ": expected JMH's results in JSON, found none");
    }
    for (Path file : files) {
      all.addAll(JmhResult.read(file));
    }
    return new Results(all);
  }

  /** The result of a benchmark with some parameters, whatever its others are. */
  Optional<JmhResult> find(String benchmark, Map<String, String> params) {
    return all.stream()
        .filter(result -> result.benchmark().equals(benchmark))
        .filter(result -> result.params().entrySet().containsAll(params.entrySet()))
        .findFirst();
  }

  /**
   * The machine's peak in the run of a result, in billions of multiply-adds a second.
   *
   * @throws IllegalArgumentException if it was not measured in that run
   */
  double peak(JmhResult result, int threads) {
    return ceiling(result, "Ceilings.multiplyAdds", "gmacs", threads);
  }

  /**
   * The bandwidth of the machine's memory in the run of a result, in billions of bytes a second.
   *
   * @throws IllegalArgumentException if it was not measured in that run
   */
  double bandwidth(JmhResult result, int threads) {
    return ceiling(result, "Ceilings.triad", "gigabytes", threads);
  }

  private double ceiling(JmhResult result, String benchmark, String counter, int threads) {
    Map<String, String> params = Map.of("threads", String.valueOf(threads));
    return new Results(all.stream().filter(other -> other.run().equals(result.run())).toList())
        .find(benchmark, params)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    result.run() + ": expected " + benchmark + " " + params + ", found none"))
        .secondary()
        .get(counter);
  }
}
