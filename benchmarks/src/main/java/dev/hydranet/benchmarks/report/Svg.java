package dev.hydranet.benchmarks.report;

import java.util.Locale;

/** A picture for light and for dark pages, small enough for a phone. */
final class Svg {
  /** Of every picture: at this width, letters have their size. */
  static final int WIDTH = 480;

  /** Told apart on light and on dark ground, and by most people. */
  static final String[] COLOURS = {
    "#3b82f6", "#e07b00", "#2fa35a", "#a36bf0", "#e5534b", "#14a3a8", "#8f8a00"
  };

  private static final String STYLE =
      """
      <style>
      .page { fill: #ffffff; }
      text { fill: #1f2328; }
      .soft { fill: #59636e; }
      .grid { stroke: #d8dee4; }
      .line { stroke: #1f2328; stroke-width: 1.5; }
      .point { stroke: #ffffff; }
      .halo { stroke: #ffffff; stroke-width: 3; stroke-linejoin: round; paint-order: stroke; }
      @media (prefers-color-scheme: dark) {
        .page { fill: #0d1117; }
        text { fill: #e6edf3; }
        .soft { fill: #9198a1; }
        .grid { stroke: #30363d; }
        .line { stroke: #e6edf3; }
        .point, .halo { stroke: #0d1117; }
      }
      </style>
      """;

  private final StringBuilder content = new StringBuilder();

  /** Appends elements. */
  Svg add(String format, Object... args) {
    content.append(String.format(Locale.ROOT, format, args));
    return this;
  }

  /** A line of text. */
  Svg text(double x, double y, String attributes, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return add("<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>\n", x, y, attributes, escaped);
  }

  /** A line of one of the style's classes. */
  Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        style, x1, y1, x2, y2);
  }

  /** The whole picture. */
  String picture(String title, int height) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n"
                + "<title>%s</title>\n",
            WIDTH,
            height,
            WIDTH,
            title)
        + STYLE
        + String.format("<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n", WIDTH, height)
        + content
        + "</svg>\n";
  }
}
