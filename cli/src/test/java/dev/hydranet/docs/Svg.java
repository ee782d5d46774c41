package dev.hydranet.docs;

import java.util.Locale;

/**
 * A drawing for the documents: 480 units wide, so that it can be read on a phone, on a page of its
 * own in light and dark. Texts and shapes are styled by classes; what they mean stands in {@link
 * #STYLE}.
 */
final class Svg {
  static final int WIDTH = 480;

  /**
   * Of texts: b bold, s soft, c code, m centred on their x, e ending there. Of shapes: blue,
   * orange, green, purple and plain areas, off a gap; of lines: dash for what is only read or
   * dropped.
   */
  private static final String STYLE =
      """
      .page { fill: #ffffff; }
      text { fill: #1f2328; font: 14px system-ui, sans-serif; }
      .b { font-weight: 600; }
      .s { fill: #59636e; }
      .c { font-family: ui-monospace, monospace; }
      .m { text-anchor: middle; }
      .e { text-anchor: end; }
      .line { fill: none; stroke: #59636e; stroke-width: 1.5; }
      .dash { stroke-dasharray: 4 3; }
      .head { fill: #59636e; }
      .plain { fill: #f6f8fa; stroke: #818b98; }
      .off { fill: none; stroke: #818b98; stroke-dasharray: 4 3; }
      .blue { fill: #ddf4ff; stroke: #0969da; }
      .orange { fill: #fff1e5; stroke: #bc4c00; }
      .green { fill: #dafbe1; stroke: #1a7f37; }
      .purple { fill: #fbefff; stroke: #8250df; }
      @media (prefers-color-scheme: dark) {
        .page { fill: #0d1117; }
        text { fill: #e6edf3; }
        .s { fill: #9198a1; }
        .line { stroke: #9198a1; }
        .head { fill: #9198a1; }
        .plain { fill: #151b23; stroke: #656c76; }
        .off { stroke: #656c76; }
        .blue { fill: #12284a; stroke: #4493f8; }
        .orange { fill: #3d2211; stroke: #db6d28; }
        .green { fill: #12331c; stroke: #3fb950; }
        .purple { fill: #2e1f4d; stroke: #ab7df8; }
      }
      """;

  private final StringBuilder content = new StringBuilder();
  private final String title;
  private final int height;

  Svg(String title, int height) {
    this.title = title;
    this.height = height;
  }

  Svg text(double x, double y, String style, String text) {
    return add("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", style, x, y, escaped(text));
  }

  /** A rectangle with rounded corners. */
  Svg box(double x, double y, double width, double height, String style) {
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\"/>",
        style, x, y, width, height);
  }

  /** The same with a text in its middle. */
  Svg box(double x, double y, double width, double height, String style, String text) {
    return box(x, y, width, height, style).text(x + width / 2, y + height / 2 + 5, "m", text);
  }

  /** Rows and columns of squares. */
  Svg grid(double x, double y, int rows, int columns, double side, String style) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        square(x + column * side, y + row * side, side, style);
      }
    }
    return this;
  }

  Svg square(double x, double y, double side, String style) {
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
        style, x, y, side, side);
  }

  Svg dot(double x, double y, double radius, String style) {
    return add("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>", style, x, y, radius);
  }

  /** A line through points. */
  Svg line(String style, double... points) {
    return path("line " + style, "", points);
  }

  /** The same with a head at its end. */
  Svg arrow(String style, double... points) {
    return path("line " + style, " marker-end=\"url(#head)\"", points);
  }

  private Svg path(String style, String end, double... points) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(i == 0 ? "M" : "L").append(number(points[i])).append(' ');
      path.append(number(points[i + 1]));
    }
    return add("<path class=\"%s\" d=\"%s\"%s/>", style.strip(), path, end);
  }

  private Svg add(String format, Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Number number) {
        values[i] = number(number.doubleValue());
      }
    }
    content.append(format.formatted(values)).append('\n');
    return this;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  @Override
  public String toString() {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">
        <title>%s</title>
        <style>
        %s</style>
        <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
        <path class="head" d="M0 0L8 4L0 8Z"/></marker></defs>
        <rect class="page" width="%d" height="%d"/>
        %s</svg>
        """
        .formatted(WIDTH, height, WIDTH, height, escaped(title), STYLE, WIDTH, height, content);
  }
}
