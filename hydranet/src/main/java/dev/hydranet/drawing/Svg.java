package dev.hydranet.drawing;

import java.util.List;
import java.util.Locale;

/**
 * An SVG picture, element by element, from the one below to the one on top. Numbers have a decimal
 * point in every locale. For one thread.
 */
public final class Svg {
  /** For series: distinct on light and on dark ground, and to most colour-blind readers. */
  public static final List<String> COLOURS =
      List.of(
          "#3b82f6", "#e07b00", "#2fa35a", "#a36bf0", "#e5534b", "#14a3a8", "#8f8a00", "#d6409f");

  /** Follows the reader's light or dark theme. */
  private static final String STYLE =
      """
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
      """;

  private final StringBuilder content = new StringBuilder();

  /** Appends markup, formatted by {@link Locale#ROOT}. Texts in it must be {@link MarkupText}. */
  public Svg add(String format, Object... values) {
    content.append(String.format(Locale.ROOT, format, values));
    return this;
  }

  /**
   * Appends a line of text.
   *
   * @param x of its anchor
   * @param y of its baseline
   * @param attributes of the element, as markup
   */
  public Svg text(double x, double y, String attributes, String text) {
    return add(
        "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>\n", x, y, attributes, MarkupText.escaped(text));
  }

  /**
   * Appends a line.
   *
   * @param style its class: {@code grid}, {@code line}, or one of the picture's own
   */
  public Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        style, x1, y1, x2, y2);
  }

  /**
   * The picture as a file that stands alone. Its classes are {@code soft} for less important texts,
   * {@code halo} for texts over lines, {@code grid}, {@code line} and {@code point}.
   *
   * @param style CSS of further classes
   */
  public String file(String title, int width, int height, String style) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n"
                + "<title>%s</title>\n<style>\n%s%s</style>\n"
                + "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n",
            width,
            height,
            width,
            MarkupText.escaped(title),
            STYLE,
            style,
            width,
            height)
        + content
        + "</svg>\n";
  }

  /**
   * The picture as an element of a web page, which gives it its colours.
   *
   * @param attributes of the element, as markup
   */
  public String element(int width, int height, String attributes) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" %s>\n",
            width,
            height,
            width,
            height,
            attributes)
        + content
        + "</svg>\n";
  }
}
