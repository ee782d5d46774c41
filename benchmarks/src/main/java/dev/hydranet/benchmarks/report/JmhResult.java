package dev.hydranet.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What JMH measured for a benchmark and its parameters.
 *
 * @param run the file that it stands in: results of one file were measured in a row
 * @param benchmark class and method, without the package
 * @param params values by name
 * @param forks the scores of each JVM's iterations
 * @param secondary the medians of counters and profilers by name
 */
record JmhResult(
    Path run,
    String benchmark,
    Map<String, String> params,
    List<double[]> forks,
    Map<String, Double> secondary) {

  /**
   * Reads what JMH wrote with {@code -rf json}.
   *
   * @throws IOException if the file cannot be read, or is no such file
   */
  static List<JmhResult> read(Path file) throws IOException {
    try {
      return list(Json.read(file)).stream().map(entry -> of(file, map(entry))).toList();
    } catch (ClassCastException | NullPointerException e) {
      throw new IOException(file + ": expected JMH's results, found other JSON", e);
    }
  }

  private static JmhResult of(Path file, Map<String, Object> entry) {
    String name = (String) entry.get("benchmark");
    String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    Map<String, String> params = new TreeMap<>();
    if (entry.containsKey("params")) {
      map(entry.get("params")).forEach((key, value) -> params.put(key, (String) value));
    }
    Map<String, Object> primary = map(entry.get("primaryMetric"));
    Map<String, Double> secondary = new TreeMap<>();
    map(entry.get("secondaryMetrics"))
        .forEach((key, metric) -> secondary.put(key, median(forks(map(metric)))));
    return new JmhResult(file, method, params, forks(primary), secondary);
  }

  private static List<double[]> forks(Map<String, Object> metric) {
    return list(metric.get("rawData")).stream().map(JmhResult::numbers).toList();
  }

  /** The median of all iterations: what disturbs one of them does not count. */
  double score() {
    return median(forks);
  }

  private static double median(List<double[]> forks) {
    return Numbers.of(forks.stream().flatMapToDouble(Arrays::stream)).median();
  }

  /** By how much the JVMs differ: the slowest's median over the fastest's, less 1. */
  double spread() {
    Numbers medians = Numbers.of(forks.stream().mapToDouble(fork -> median(List.of(fork))));
    return medians.most() / medians.least() - 1;
  }

  private static double[] numbers(Object array) {
    return list(array).stream().mapToDouble(JmhResult::number).toArray();
  }

  /** JMH writes NaN and infinities as strings. */
  private static double number(Object value) {
    return value instanceof String text ? Double.parseDouble(text) : (Double) value;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
