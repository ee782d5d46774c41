package dev.hydranet.converter.pickle;

/** Names out of a file, made fit for a one-line message. */
public final class Printable {
  private static final int MAX_LENGTH = 120;

  private Printable() {}

  /** The text in single quotes, with control characters escaped and a long tail cut off. */
  public static String quoted(String text) {
    StringBuilder result = new StringBuilder("'");
    int end = Math.min(text.length(), MAX_LENGTH);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '\u2028') {
        result.append(String.format("\\u%04x", (int) c));
      } else {
        result.append(c);
      }
    }
    return result.append(end < text.length() ? "...'" : "'").toString();
  }
}
