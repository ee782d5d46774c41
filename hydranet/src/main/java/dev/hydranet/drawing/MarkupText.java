package dev.hydranet.drawing;

import dev.hydranet.engine.text.OneLine;

/** Text from anywhere, made safe for HTML and SVG. */
public final class MarkupText {
  private MarkupText() {}

  /** Safe in an element and in a quoted attribute: one line, with markup characters escaped. */
  public static String escaped(String text) {
    return OneLine.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
