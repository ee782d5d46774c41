package dev.hydranet.converter.pickle;

import dev.hydranet.engine.text.OneLine;

/** Names out of a file, made fit for a one-line message. */
public final class Printable {
  private static final int MAX_LENGTH = 120;

  private Printable() {}

  /** The text in single quotes, with control characters escaped and a long tail cut off. */
  public static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /** The text with control characters escaped and a long tail cut off. */
  public static String of(String text) {
    return OneLine.of(text, MAX_LENGTH);
  }
}
