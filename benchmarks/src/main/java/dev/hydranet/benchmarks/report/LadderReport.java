package dev.hydranet.benchmarks.report;

import static dev.hydranet.benchmarks.report.Numbers.percent;
import static dev.hydranet.benchmarks.report.Numbers.text;

import dev.hydranet.benchmarks.ladder.Climb;
import dev.hydranet.benchmarks.ladder.Data;
import dev.hydranet.benchmarks.ladder.Ladder;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.benchmarks.ladder.tiles.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each rung of the ladders buys, from measurements.
 *
 * @param sources the folder of the rungs' sources, from whose headers their ideas are taken
 */
record LadderReport(Results results, Path sources) {
  private static final String PACKAGE = "dev/hydranet/benchmarks/ladder";
  private static final Pattern HEADER =
      Pattern.compile("/\\*\\*(.*?)\\*/\\s*(?:public )?(?:final )?class ", Pattern.DOTALL);

  /**
   * A rung as measured.
   *
   * @param number from 1
   * @param file where it is, from the ladder's package
   * @param idea the first sentence of its header
   */
  record Row(
      int number, String file, String idea, double microseconds, double gmacs, double share) {
    /** The name of its class. */
    String name() {
      return file.substring(file.lastIndexOf('/') + 1);
    }
  }

  /** The rungs of a ladder, from the ground up. */
  List<Row> rows(Ladder ladder, Data data) throws IOException {
    Convolution c = ladder.convolution(Climb.CHANNELS, Climb.SIZE, Climb.SIZE);
    Convolution any = ladder.convolution(32, 1, 1);
    List<Row> rows = new ArrayList<>();
    for (int number = 1; number <= ladder.height(); number++) {
      Map<String, String> params = Map.of("rung", ladder + "_" + number, "data", data.name());
      JmhResult result = result("Climb.climb", params);
      String type = ladder.rung(number, any).getClass().getName();
      String file = type.substring(PACKAGE.length() + 1).replace('.', '/');
      double gmacs = c.macs() / result.score() / 1e3;
      rows.add(
          new Row(
              number, file, idea(file), result.score(), gmacs, gmacs / results.peak(result, 1)));
    }
    return rows;
  }

  /** The first sentence of a class's header. */
  private String idea(String file) throws IOException {
    String source = Files.readString(sources.resolve(PACKAGE).resolve(file + ".java"));
    Matcher header = HEADER.matcher(source);
    if (!header.find()) {
      throw new IOException(file + ".java: expected a header before the class, found none");
    }
    String text = header.group(1).replaceAll("\\s*\\n \\* ?", " ").strip();
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end + 1)).replaceAll("\\{@\\w+ (\\w+)}", "$1");
  }

  /** The report in Markdown. */
  String page() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Ladder ladder : Ladder.values()) {
      String name = ladder.name().toLowerCase(Locale.ROOT);
      List<Row> rows = rows(ladder, Data.MEMORY);
      values.put(name + ".table", table(rows).toString());
      Row engine = engine(rows);
      values.put(name + ".total", text(rows.getFirst().microseconds() / engine.microseconds(), 0));
      Convolution c = ladder.convolution(Climb.CHANNELS, Climb.SIZE, Climb.SIZE);
      values.put(name + ".macs", text(c.macs() / 1e6, 1));
      values.put(name + ".weights", text(c.weights().length * Float.BYTES / 1e3, 0));
      gains(values, name, rows);
    }
    List<Row> cached = rows(Ladder.DEPTHWISE, Data.CACHE);
    values.put("cached.table", table(cached).toString());
    gains(values, "cached", cached);
    tiles(values);
    values.put("size", String.valueOf(Climb.SIZE));
    values.put("channels", String.valueOf(Climb.CHANNELS));
    JmhResult any = results.find("Climb.climb", Map.of("rung", "STANDARD_1")).orElseThrow();
    values.put("peak", text(results.peak(any, 1), 1));
    return Template.fill("ladder.md", values);
  }

  /** What tiles of several shapes reach under two collectors. */
  private void tiles(Map<String, String> values) {
    Markdown table =
        new Markdown(1, "tile", "sums", "live vectors", "Serial: % of peak", "G1: % of peak");
    for (Shape shape : Shape.values()) {
      String serial = share("serial", shape);
      String g1 = share("g1", shape);
      table.row(shape.size(), shape.sums(), shape.live(), serial, g1);
      values.put("tiles." + shape.size() + ".serial", serial);
      values.put("tiles." + shape.size() + ".g1", g1);
    }
    values.put("tiles.table", table.toString());
  }

  private String share(String collector, Shape shape) {
    JmhResult result = result("TileShapes." + collector, Map.of("shape", shape.name()));
    return percent(result.secondary().get("gmacs") / results.peak(result, 1));
  }

  private JmhResult result(String benchmark, Map<String, String> params) {
    return results
        .find(benchmark, params)
        .orElseThrow(
            () -> new IllegalArgumentException("expected a result for " + benchmark + params));
  }

  /** The engine's kernel: that of the same algorithm, product by product. */
  static Row engine(List<Row> rows) {
    return rows.stream().filter(row -> row.name().equals("Engine")).findFirst().orElseThrow();
  }

  /** How many times faster than the rung below each is, and its share of the peak in per cent. */
  private static void gains(Map<String, String> values, String ladder, List<Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      String rung = ladder + "." + rows.get(i).name();
      values.put(rung + ".share", percent(rows.get(i).share()));
      double all = rows.getFirst().microseconds() / rows.get(i).microseconds();
      values.put(rung + ".all", text(all, 0));
      if (i > 0) {
        double gain = rows.get(i - 1).microseconds() / rows.get(i).microseconds();
        values.put(rung + ".gain", text(gain, gain < 3 ? 2 : 1));
      }
    }
  }

  private static Markdown table(List<Row> rows) {
    Markdown table =
        new Markdown(
            2,
            "rung",
            "its idea",
            "µs",
            "GMAC/s",
            "% of peak",
            "times the rung below",
            "times the first");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double below = rows.get(Math.max(0, i - 1)).microseconds() / row.microseconds();
      table.row(
          row.number()
              + ". ["
              + row.name()
              + "](../benchmarks/src/main/java/"
              + PACKAGE
              + "/"
              + row.file()
              + ".java)",
          row.idea(),
          text(row.microseconds(), row.microseconds() < 100 ? 1 : 0),
          text(row.gmacs(), 2),
          text(100 * row.share(), 1),
          i == 0 ? "" : text(below, 2),
          text(rows.getFirst().microseconds() / row.microseconds(), 1));
    }
    return table;
  }

  /** A ladder's rungs as bars. */
  String chart(Ladder ladder) throws IOException {
    List<Row> rows = rows(ladder, Data.MEMORY);
    JmhResult any = results.find("Climb.climb", Map.of("rung", ladder + "_1")).orElseThrow();
    String name = ladder.name().charAt(0) + ladder.name().substring(1).toLowerCase(Locale.ROOT);
    return new Bars(
            name + " convolution, rung by rung",
            "billions of multiply-adds a second, one thread",
            List.of("GMAC/s"),
            rows.stream().map(row -> new Bars.Group(row.name(), row.gmacs())).toList(),
            results.peak(any, 1),
            "the machine's peak")
        .draw();
  }
}
