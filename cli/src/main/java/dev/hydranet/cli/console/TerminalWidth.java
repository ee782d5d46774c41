package dev.hydranet.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many columns the terminal has. JLine would tell, too, but takes a few hundred milliseconds to
 * start.
 */
final class TerminalWidth {
  private static final int DEFAULT = 80;

  /** What {@code stty size} prints: rows and columns. */
  private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{0,4})\\s*");

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,4}");

  private TerminalWidth() {}

  /** The width of the terminal that this process belongs to; 80 where nothing tells. */
  static int columns() {
    return asked().orElseGet(() -> ofVariable(System.getenv("COLUMNS")));
  }

  private static OptionalInt asked() {
    File terminal = new File("/dev/tty");
    if (!terminal.canRead()) {
      return OptionalInt.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(terminal)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return ofSize(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return OptionalInt.empty(); // no stty, or no terminal
    }
  }

  static OptionalInt ofSize(String printed) {
    Matcher size = SIZE.matcher(printed);
    return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
  }

  static int ofVariable(String columns) {
    return columns != null && NUMBER.matcher(columns).matches()
        ? Integer.parseInt(columns)
        : DEFAULT;
  }
}
