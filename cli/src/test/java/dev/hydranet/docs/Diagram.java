package dev.hydranet.docs;

import dev.hydranet.drawing.MarkupText;
import dev.hydranet.drawing.Svg;
import java.util.Locale;

/**
 * A drawing for the documents: 480 units wide, so that it can be read on a phone, on its own page
 * in light and dark. Texts and shapes are styled by classes; what they mean stands in {@link
 * #STYLE}.
 */
final class Diagram {
  static final int WIDTH = 480;

  /**
   * Of texts: b bold, s soft, c code, m centred on their x, e ending there. Of shapes: blue,
   * orange, green, purple and plain areas, off a gap; of lines: dash for what is only read or
   * dropped.
   */
  private static final String STYLE =
      """
      text { font: 14px system-ui, sans-serif; }
      .b { font-weight: 600; }
      .s { fill: #59636e; }
      .c { font-family: ui-monospace, monospace; }
      .m { text-anchor: middle; }
      .e { text-anchor: end; }
      .wire { fill: none; stroke: #59636e; stroke-width: 1.5; }
      .dash { stroke-dasharray: 4 3; }
      .head { fill: #59636e; }
      .plain { fill: #f6f8fa; stroke: #818b98; }
      .off { fill: none; stroke: #818b98; stroke-dasharray: 4 3; }
      .blue { fill: #ddf4ff; stroke: #0969da; }
      .orange { fill: #fff1e5; stroke: #bc4c00; }
      .green { fill: #dafbe1; stroke: #1a7f37; }
      .purple { fill: #fbefff; stroke: #8250df; }
      @media (prefers-color-scheme: dark) {
        .s { fill: #9198a1; }
        .wire { stroke: #9198a1; }
        .head { fill: #9198a1; }
        .plain { fill: #151b23; stroke: #656c76; }
        .off { stroke: #656c76; }
        .blue { fill: #12284a; stroke: #4493f8; }
        .orange { fill: #3d2211; stroke: #db6d28; }
        .green { fill: #12331c; stroke: #3fb950; }
        .purple { fill: #2e1f4d; stroke: #ab7df8; }
      }
      """;

  private final Svg svg =
      new Svg()
          .add(
              "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\""
                  + " markerHeight=\"7\" orient=\"auto\"><path class=\"head\" d=\"M0 0L8 4L0 8Z\"/>"
                  + "</marker></defs>\n");
  private final String title;
  private final int height;

  Diagram(String title, int height) {
    this.title = title;
    this.height = height;
  }

  Diagram text(double x, double y, String style, String text) {
    return add(
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", style, x, y, MarkupText.escaped(text));
  }

  /** A rectangle with rounded corners. */
  Diagram box(double x, double y, double width, double height, String style) {
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\"/>",
        style, x, y, width, height);
  }

  /** The same with a text in its middle. */
  Diagram box(double x, double y, double width, double height, String style, String text) {
    return box(x, y, width, height, style).text(x + width / 2, y + height / 2 + 5, "m", text);
  }

  /** Rows and columns of squares. */
  Diagram grid(double x, double y, int rows, int columns, double side, String style) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        square(x + column * side, y + row * side, side, style);
      }
    }
    return this;
  }

  Diagram square(double x, double y, double side, String style) {
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
        style, x, y, side, side);
  }

  Diagram dot(double x, double y, double radius, String style) {
    return add("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>", style, x, y, radius);
  }

  /** A line through points. */
  Diagram line(String style, double... points) {
    return path("wire " + style, "", points);
  }

  /** The same with a head at its end. */
  Diagram arrow(String style, double... points) {
    return path("wire " + style, " marker-end=\"url(#head)\"", points);
  }

  private Diagram path(String style, String end, double... points) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(i == 0 ? "M" : "L").append(number(points[i])).append(' ');
      path.append(number(points[i + 1]));
    }
    return add("<path class=\"%s\" d=\"%s\"%s/>", style.strip(), path, end);
  }

  private Diagram add(String format, Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Number number) {
        values[i] = number(number.doubleValue());
      }
    }
    svg.add(format + "\n", values);
    return this;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  @Override
  public String toString() {
    return svg.file(title, WIDTH, height, STYLE);
  }
}
