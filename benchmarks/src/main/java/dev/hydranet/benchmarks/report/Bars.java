package dev.hydranet.benchmarks.report;

import dev.hydranet.drawing.Svg;
import java.util.List;
import java.util.Locale;

/**
 * Bars that lie side by side in groups, from zero to the right.
 *
 * @param title what it shows
 * @param unit what the numbers are
 * @param series what the bars of each group stand for, in order
 * @param groups the groups from top to bottom
 * @param mark a value with a line across all groups; 0 for none
 * @param markName what that line is
 */
record Bars(
    String title,
    String unit,
    List<String> series,
    List<Group> groups,
    double mark,
    String markName) {
  private static final int LEFT = 118;
  private static final int RIGHT = Report.PICTURE_WIDTH - 46;
  private static final int BAR = 13;
  private static final int GAP = 10;

  /**
   * Bars that belong together.
   *
   * @param name of the group
   * @param values one for each series; NaN where there is none
   */
  record Group(String name, double... values) {}

  /** The picture. */
  String draw() {
    Svg svg = new Svg();
    svg.text(12, 22, "font-size=\"15\" font-weight=\"600\"", title);
    svg.text(12, 41, "class=\"soft\"", unit);
    int top = legend(svg, 60);
    double most = mark;
    for (Group group : groups) {
      for (double value : group.values()) {
        most = Double.isNaN(value) ? most : Math.max(most, value);
      }
    }
    int bottom = top + groups.size() * (series.size() * BAR + GAP);
    for (double tick : ticks(most)) {
      double x = x(tick, most);
      svg.line("grid", x, top, x, bottom);
      svg.text(x, bottom + 16, "class=\"soft\" text-anchor=\"middle\"", number(tick));
    }
    if (mark > 0) {
      svg.line("line", x(mark, most), top - 4, x(mark, most), bottom);
      boolean right = x(mark, most) > Report.PICTURE_WIDTH / 2.0;
      svg.text(
          x(mark, most) + (right ? 4 : -4),
          top - 8,
          "class=\"soft\" text-anchor=\"" + (right ? "end" : "start") + "\"",
          markName);
    }
    int y = top + GAP / 2;
    for (Group group : groups) {
      group(svg, group, y, most);
      y += series.size() * BAR + GAP;
    }
    return svg.file(title, Report.PICTURE_WIDTH, bottom + 26, "");
  }

  /** A row for each series, if there are several; tells where the bars begin. */
  private int legend(Svg svg, int top) {
    int y = top;
    if (series.size() > 1) {
      for (int i = 0; i < series.size(); i++) {
        svg.add(
            "<rect x=\"12\" y=\"%d\" width=\"12\" height=\"12\" rx=\"2\" fill=\"%s\"/>\n",
            y - 10, Svg.COLOURS.get(i));
        svg.text(30, y, "", series.get(i));
        y += 18;
      }
    }
    return y + (mark > 0 ? 14 : 0) - 6;
  }

  private void group(Svg svg, Group group, int top, double most) {
    double middle = top + series.size() * BAR / 2.0 + 4.5;
    svg.text(LEFT - 8, middle, "text-anchor=\"end\"", group.name());
    for (int i = 0; i < series.size(); i++) {
      double value = group.values()[i];
      if (Double.isNaN(value)) {
        continue;
      }
      int y = top + i * BAR;
      svg.add(
          "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>\n",
          LEFT, y + 1, Math.max(1, x(value, most) - LEFT), BAR - 2, Svg.COLOURS.get(i));
      svg.text(
          x(value, most) + 4, y + BAR - 2.5, "class=\"halo\" font-size=\"11.5\"", number(value));
    }
  }

  private static double x(double value, double most) {
    return LEFT + (RIGHT - LEFT) * value / most;
  }

  /** Some four round numbers from zero. */
  private static double[] ticks(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most / 4)));
    double step = power;
    for (double digit : new double[] {2, 5, 10}) {
      step = most / step > 5.5 ? digit * power : step;
    }
    double[] ticks = new double[(int) (most / step) + 1];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = i * step;
    }
    return ticks;
  }

  /** Two digits, or all before the point. */
  private static String number(double value) {
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, value < 2 ? "%.2f" : value < 10 ? "%.1f" : "%.0f", value);
  }
}
