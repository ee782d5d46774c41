package dev.hydranet.engine.text;

import java.util.Locale;

/** Text out of a file, made fit for a one-line message. */
public final class OneLine {
  private OneLine() {}

  /**
   * {@return the text with everything escaped that could break the line or steer a terminal}
   *
   * @param text any, of a file or a stranger
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(line, c));
    return line.toString();
  }

  /**
   * {@return the same of the text's beginning, with three dots instead of what is beyond a length}
   *
   * @param text any, of a file or a stranger
   * @param longest characters of it that are kept, at most
   */
  public static String of(String text, int longest) {
    return text.length() <= longest ? of(text) : of(text.substring(0, longest)) + "...";
  }

  private static void append(StringBuilder to, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          to.append(String.format(Locale.ROOT, "\\u%04x", c));
      default -> to.appendCodePoint(c);
    }
  }
}
