package dev.hydranet.cli.video;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as ffmpeg has them: 12.5, 1:30 or 1:02:03.5. */
public final class Seconds {
  private static final Pattern TIME =
      Pattern.compile("(?:(?:([0-9]{1,4}):)?([0-9]{1,4}):)?([0-9]{1,9}(?:\\.[0-9]{1,9})?)");

  private Seconds() {}

  /**
   * Understands a time.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static double parse(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException(
          "expected seconds or [HH:]MM:SS, such as 12.5 or 1:30, found '" + text + "'");
    }
    double hours = time.group(1) == null ? 0 : Double.parseDouble(time.group(1));
    double minutes = time.group(2) == null ? 0 : Double.parseDouble(time.group(2));
    return (hours * 60 + minutes) * 60 + Double.parseDouble(time.group(3));
  }
}
