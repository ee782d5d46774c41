package dev.hydranet.benchmarks.report;

import dev.hydranet.drawing.LogAxis;
import dev.hydranet.drawing.Svg;
import java.util.List;
import java.util.Locale;

/**
 * Points under a machine's roofs: multiply-adds a second over multiply-adds a byte, both axes
 * logarithmic (Williams, Waterman, Patterson, <i>Roofline</i>, CACM 52(4), 2009).
 *
 * @param title what it shows
 * @param peak billions of multiply-adds a second
 * @param bandwidth of the memory, in billions of bytes a second
 * @param series points of one colour each
 */
record Roofs(String title, double peak, double bandwidth, List<Series> series) {
  private static final int LEFT = 44;
  private static final int RIGHT = Report.PICTURE_WIDTH - 14;
  private static final int PLOT = 300;
  private static final int COLUMN = 232;

  /**
   * Points that belong together.
   *
   * @param name the label to show
   */
  record Series(String name, List<Point> points) {}

  /**
   * A point.
   *
   * @param name the label to show
   * @param intensity multiply-adds for a byte
   * @param gmacs billions of multiply-adds a second
   */
  record Point(String name, double intensity, double gmacs) {}

  /** The picture. */
  String draw() {
    Svg svg = new Svg();
    svg.text(12, 22, "font-size=\"15\" font-weight=\"600\"", title);
    svg.text(12, 41, "class=\"soft\"", "billions of multiply-adds a second");
    int top = 54;
    int bottom = top + PLOT;
    List<Point> points = series.stream().flatMap(s -> s.points().stream()).toList();
    double fewest = points.stream().mapToDouble(Point::intensity).min().orElseThrow();
    double mostBytes = points.stream().mapToDouble(Point::intensity).max().orElseThrow();
    double slowest = points.stream().mapToDouble(Point::gmacs).min().orElseThrow();
    double fastest = points.stream().mapToDouble(Point::gmacs).max().orElseThrow();
    LogAxis x = new LogAxis(fewest / 1.5, mostBytes * 1.5, LEFT, RIGHT);
    LogAxis y = new LogAxis(slowest / 1.5, Math.max(fastest, peak) * 1.3, bottom, top);
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), top, x.at(tick), bottom);
      svg.text(x.at(tick), bottom + 16, "class=\"soft\" text-anchor=\"middle\"", number(tick));
    }
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
      svg.text(LEFT - 5, y.at(tick) + 4, "class=\"soft\" text-anchor=\"end\"", number(tick));
    }
    svg.text(
        (LEFT + RIGHT) / 2.0,
        bottom + 35,
        "class=\"soft\" text-anchor=\"middle\"",
        "multiply-adds for each byte of inputs, weights and outputs");
    roofs(svg, x, y);
    for (int i = 0; i < series.size(); i++) {
      for (Point point : series.get(i).points()) {
        svg.add(
            "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\">"
                + "<title>%s: %.1f GMAC/s</title></circle>\n",
            x.at(point.intensity()),
            y.at(point.gmacs()),
            Svg.COLOURS.get(i),
            point.name(),
            point.gmacs());
      }
    }
    return svg.file(title, Report.PICTURE_WIDTH, legend(svg, bottom + 58), "");
  }

  private void roofs(Svg svg, LogAxis x, LogAxis y) {
    double ridge = peak / bandwidth;
    double from = Math.max(x.least(), y.least() / bandwidth);
    svg.line("line", x.at(Math.max(ridge, x.least())), y.at(peak), RIGHT, y.at(peak));
    svg.text(
        RIGHT - 2,
        y.at(peak) - 6,
        "class=\"halo\" text-anchor=\"end\"",
        String.format(Locale.ROOT, "peak %.1f GMAC/s", peak));
    if (ridge <= from) {
      return;
    }
    svg.line("line", x.at(from), y.at(from * bandwidth), x.at(ridge), y.at(peak));
    double slope =
        Math.toDegrees(Math.atan2(y.at(peak) - y.at(from * bandwidth), x.at(ridge) - x.at(from)));
    svg.add(
        "<g transform=\"translate(%.1f %.1f) rotate(%.1f)\">",
        x.at(from), y.at(from * bandwidth), slope);
    svg.text(6, -6, "class=\"halo\"", String.format(Locale.ROOT, "memory %.0f GB/s", bandwidth));
    svg.add("</g>\n");
  }

  /** Two columns; tells where it ends. */
  private int legend(Svg svg, int top) {
    for (int i = 0; i < series.size(); i++) {
      int x = 18 + i % 2 * COLUMN;
      int y = top + i / 2 * 20;
      svg.add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>\n", x, y - 4, Svg.COLOURS.get(i));
      svg.text(x + 12, y, "", series.get(i).name());
    }
    return top + (series.size() - 1) / 2 * 20 + 14;
  }

  private static String number(double value) {
    return value < 1 ? String.format(Locale.ROOT, "%.1f", value) : String.format("%.0f", value);
  }
}
