package dev.hydranet.engine.text;

/** Names out of files, of nodes, values and tensors. */
public final class Names {
  private static final int LONGEST = 1000;

  private Names() {}

  /**
   * Checks a name: it may stand in a message, in a table and in a file.
   *
   * @param name any text out of a file
   * @throws IllegalArgumentException if it is empty, too long, or could break a line or steer a
   *     terminal
   */
  public static void check(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("expected a name, found an empty one");
    }
    if (name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "expected a name of at most "
              + LONGEST
              + " characters, found "
              + name.length()
              + ", '"
              + OneLine.of(name, 20)
              + "'");
    }
    if (!OneLine.of(name).equals(name)) {
      throw new IllegalArgumentException(
          "expected a name of printable characters, found '" + OneLine.of(name) + "'");
    }
  }
}
