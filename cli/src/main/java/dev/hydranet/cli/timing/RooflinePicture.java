package dev.hydranet.cli.timing;

import dev.hydranet.drawing.LogAxis;
import dev.hydranet.drawing.MarkupText;
import dev.hydranet.drawing.Svg;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Steps under a machine's rooflines, as SVG: multiply-adds a second over multiply-adds a byte, both
 * axes logarithmic (Williams, Waterman, Patterson, <i>Roofline</i>, CACM 52(4), 2009).
 */
public final class RooflinePicture {
  private static final int WIDTH = 780;
  private static final int LEFT = 58;
  private static final int RIGHT = WIDTH - 16;
  private static final int TOP = 66;
  private static final int BOTTOM = 440;
  private static final int LEGEND_TOP = BOTTOM + 62;
  private static final int LEGEND_COLUMNS = 2;
  private static final int LEGEND_ROW = 20;
  private static final int FONT = 13;

  /** Of a letter, on the average, in parts of the font's size. */
  private static final double LETTER = 0.56;

  private static final String STYLE =
      """
      .leader { stroke: #59636e; stroke-width: 0.8; }
      .point { fill-opacity: 0.8; }
      @media (prefers-color-scheme: dark) {
        .leader { stroke: #9198a1; }
      }
      """;

  private static final double LARGEST_RADIUS = 14;
  private static final double SMALLEST_RADIUS = 2.5;
  private static final int LABELS = 12;

  /** From a point to its label. */
  private static final double MOST_GAP = 120;

  /**
   * A bandwidth: of memory, or of the cache that holds so much.
   *
   * @param name the label to show
   */
  public record Bandwidth(String name, double bytesPerSecond) {}

  private final Svg svg = new Svg();
  private final String title;
  private final StepTimes times;
  private final double peak;
  private final List<Bandwidth> bandwidths;
  private final List<StepTimes.Row> points;
  private final Map<String, String> colours = new LinkedHashMap<>();
  private final List<Rectangle2D> circles = new ArrayList<>();
  private final List<Rectangle2D> labels = new ArrayList<>();
  private final List<Line2D> leaders = new ArrayList<>();
  private final LogAxis x;
  private final LogAxis y;

  /**
   * Lays it out.
   *
   * @param peak multiply-adds a second
   * @param bandwidths the greatest first
   */
  private RooflinePicture(String title, StepTimes times, double peak, List<Bandwidth> bandwidths) {
    this.title = title;
    this.times = times;
    this.peak = peak;
    this.bandwidths = bandwidths;
    this.points = times.rows().stream().filter(row -> row.macs() > 0).toList();
    for (StepTimes.Row row : points) {
      colours.computeIfAbsent(
          row.kernel(), kernel -> Svg.COLOURS.get(colours.size() % Svg.COLOURS.size()));
    }
    // Each roof rises for a while before it meets the peak, long enough for its label.
    double first = peak / bandwidths.getFirst().bytesPerSecond();
    double last = peak / bandwidths.getLast().bytesPerSecond();
    double[] intensities = points.stream().mapToDouble(StepTimes.Row::intensity).sorted().toArray();
    double[] speeds = points.stream().mapToDouble(StepTimes.Row::macsPerSecond).sorted().toArray();
    this.x =
        new LogAxis(
            Math.min(intensities[0] / 1.5, first / 4),
            Math.max(intensities[intensities.length - 1] * 1.5, last * 4),
            LEFT,
            RIGHT);
    this.y =
        new LogAxis(
            Math.min(speeds[0], peak / 10) / 1.5,
            Math.max(speeds[speeds.length - 1] * 1.2, peak * 1.6),
            BOTTOM,
            TOP);
  }

  /**
   * Draws it.
   *
   * @param peak the machine's peak, multiply-adds a second
   * @param bandwidths the greatest first
   */
  public static String of(String title, StepTimes times, double peak, List<Bandwidth> bandwidths) {
    RooflinePicture picture = new RooflinePicture(title, times, peak, bandwidths);
    return picture.draw();
  }

  private String draw() {
    int rows = Math.ceilDiv(colours.size(), LEGEND_COLUMNS);
    int height = LEGEND_TOP + rows * LEGEND_ROW;
    head();
    axes();
    roofs();
    points();
    legend();
    return svg.file(title, WIDTH, height, STYLE);
  }

  private void head() {
    List<StepTimes.Row> others = times.rows().stream().filter(row -> row.macs() == 0).toList();
    svg.text(16, 24, "font-size=\"16\" font-weight=\"600\"", title);
    svg.text(
        16,
        46,
        "class=\"soft\"",
        String.format(
            Locale.ROOT,
            "%d steps, areas as their time, %.1f ms together; %d without multiply-adds take %.1f ms.",
            points.size(),
            milliseconds(points),
            others.size(),
            milliseconds(others)));
  }

  private void axes() {
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), TOP, x.at(tick), BOTTOM);
      svg.text(x.at(tick), BOTTOM + 18, "class=\"soft\" text-anchor=\"middle\"", number(tick));
    }
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
      svg.text(LEFT - 6, y.at(tick) + 4, "class=\"soft\" text-anchor=\"end\"", number(tick / 1e9));
    }
    svg.text(
        (LEFT + RIGHT) / 2.0,
        BOTTOM + 38,
        "text-anchor=\"middle\"",
        "multiply-adds for each byte of inputs, weights and output");
    svg.add("<g transform=\"translate(16 %d) rotate(-90)\">", (TOP + BOTTOM) / 2);
    svg.text(0, 0, "text-anchor=\"middle\"", "billions of multiply-adds a second");
    svg.add("</g>\n");
  }

  private void roofs() {
    double widest = peak / bandwidths.getFirst().bytesPerSecond();
    svg.line("line", x.at(Math.max(x.least(), widest)), y.at(peak), RIGHT, y.at(peak));
    svg.text(
        RIGHT - 4,
        y.at(peak) - 6,
        "class=\"halo\" text-anchor=\"end\"",
        String.format(Locale.ROOT, "peak %.1f GMAC/s", peak / 1e9));
    for (Bandwidth bandwidth : bandwidths) {
      double speed = bandwidth.bytesPerSecond();
      double from = Math.max(x.least(), y.least() / speed);
      double to = peak / speed;
      svg.line("line", x.at(from), y.at(from * speed), x.at(to), y.at(peak));
      double slope =
          Math.toDegrees(Math.atan2(y.at(peak) - y.at(from * speed), x.at(to) - x.at(from)));
      svg.add(
          "<g transform=\"translate(%.1f %.1f) rotate(%.1f)\">",
          x.at(from), y.at(from * speed), slope);
      svg.text(
          8,
          -5,
          "class=\"halo\"",
          String.format(Locale.ROOT, "%s %.0f GB/s", bandwidth.name(), speed / 1e9));
      svg.add("</g>\n");
    }
  }

  private void points() {
    List<StepTimes.Row> byTime =
        points.stream()
            .sorted(Comparator.comparingDouble(StepTimes.Row::milliseconds).reversed())
            .toList();
    for (StepTimes.Row row : byTime) {
      double radius = radius(row);
      double cx = x.at(row.intensity());
      double cy = y.at(row.macsPerSecond());
      circles.add(new Rectangle2D.Double(cx - radius, cy - radius, 2 * radius, 2 * radius));
      svg.add(
          "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\">",
          cx, cy, radius, colours.get(row.kernel()));
      svg.add(
          "<title>%s, %s: %.3f ms, %.1f GMAC/s, %.1f GB/s</title></circle>\n",
          MarkupText.escaped(row.name()),
          MarkupText.escaped(row.kernel()),
          row.milliseconds(),
          row.macsPerSecond() / 1e9,
          row.bytesPerSecond() / 1e9);
    }
    Map<List<Object>, List<StepTimes.Row>> alike = new LinkedHashMap<>();
    for (StepTimes.Row row : byTime) {
      alike
          .computeIfAbsent(List.of(row.kernel(), row.macs(), row.bytes()), k -> new ArrayList<>())
          .add(row);
    }
    alike.values().stream()
        .sorted(Comparator.comparingDouble(RooflinePicture::milliseconds).reversed())
        .limit(LABELS)
        .forEach(this::label);
  }

  private static double milliseconds(List<StepTimes.Row> rows) {
    return rows.stream().mapToDouble(StepTimes.Row::milliseconds).sum();
  }

  /**
   * Beside the slowest of steps that are alike, or a bit away at the end of a line: wherever
   * nothing else is in the way first, else nowhere.
   */
  private void label(List<StepTimes.Row> rows) {
    StepTimes.Row row = rows.getFirst();
    String label = row.name() + (rows.size() > 1 ? " and " + (rows.size() - 1) + " alike" : "");
    double width = label.length() * FONT * LETTER;
    double cx = x.at(row.intensity());
    double cy = y.at(row.macsPerSecond());
    for (double gap = radius(row) + 3; gap < MOST_GAP; gap += FONT / 2.0) {
      for (Rectangle2D box : around(cx, cy, gap, width)) {
        Line2D leader =
            new Line2D.Double(
                cx,
                cy,
                Math.clamp(cx, box.getMinX(), box.getMaxX()),
                Math.clamp(cy, box.getMinY(), box.getMaxY()));
        boolean near = leader.getP1().distance(leader.getP2()) < radius(row) + FONT;
        if (isFree(box) && (near || isFree(leader))) {
          if (!near) {
            leaders.add(leader);
            svg.line("leader", leader.getX1(), leader.getY1(), leader.getX2(), leader.getY2());
          }
          labels.add(box);
          svg.text(box.getX(), box.getMaxY() - 3, "class=\"halo\"", label);
          return;
        }
      }
    }
  }

  /** Places for a label: on either side, then below and above. */
  private static List<Rectangle2D> around(double cx, double cy, double gap, double width) {
    List<Rectangle2D> places = new ArrayList<>();
    for (double left : new double[] {cx + gap, cx - gap - width}) {
      places.add(new Rectangle2D.Double(left, cy - FONT / 2.0, width, FONT));
    }
    for (double top : new double[] {cy + gap, cy - gap - FONT}) {
      for (double part : new double[] {0.5, 0, 1, -0.3, 1.3}) {
        places.add(new Rectangle2D.Double(cx - part * width, top, width, FONT));
      }
    }
    return places;
  }

  private boolean isFree(Rectangle2D box) {
    return new Rectangle2D.Double(LEFT, y.at(peak), RIGHT - LEFT, BOTTOM - y.at(peak)).contains(box)
        && circles.stream().noneMatch(box::intersects)
        && labels.stream().noneMatch(box::intersects)
        && leaders.stream().noneMatch(box::intersectsLine);
  }

  private boolean isFree(Line2D leader) {
    return labels.stream().noneMatch(label -> label.intersectsLine(leader))
        && leaders.stream().noneMatch(leader::intersectsLine)
        && circles.stream()
            .filter(circle -> circle.getWidth() > 4 * SMALLEST_RADIUS)
            .filter(circle -> !circle.contains(leader.getP1()))
            .noneMatch(circle -> circle.intersectsLine(leader));
  }

  private double radius(StepTimes.Row row) {
    double slowest = points.stream().mapToDouble(StepTimes.Row::milliseconds).max().orElseThrow();
    double radius = LARGEST_RADIUS * Math.sqrt(row.milliseconds() / slowest);
    return Math.max(SMALLEST_RADIUS, radius);
  }

  private void legend() {
    int rows = Math.ceilDiv(colours.size(), LEGEND_COLUMNS);
    int entry = 0;
    for (StepTimes.Row row : times.byKernel()) {
      if (colours.containsKey(row.kernel())) {
        int left = LEFT + entry / rows * (RIGHT - LEFT) / LEGEND_COLUMNS;
        int top = LEGEND_TOP + entry % rows * LEGEND_ROW;
        svg.add(
            "<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"%s\"/>\n",
            left, top, colours.get(row.kernel()));
        svg.text(
            left + 14,
            top + 4,
            "",
            String.format(
                Locale.ROOT,
                "%s, %d steps, %.1f ms",
                row.kernel(),
                row.steps(),
                row.milliseconds()));
        entry++;
      }
    }
  }

  private static String number(double value) {
    return value >= 1
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(Math.round(value * 1000) / 1000.0);
  }
}
