package dev.hydranet.cli.page;

import dev.hydranet.engine.text.OneLine;

/** Text that others wrote, fit for a page. */
public final class HtmlText {
  private HtmlText() {}

  /** Fit for an element's content and for a quoted attribute, in HTML and SVG. */
  public static String escaped(String text) {
    return OneLine.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
