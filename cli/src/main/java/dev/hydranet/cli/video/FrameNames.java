package dev.hydranet.cli.video;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of numbered frames: ffmpeg's {@code %04d}, and the order of names with numbers. */
final class FrameNames {
  /** As people sort: numbers by their value, so that frame10 follows frame9. */
  static final Comparator<Path> ORDER =
      Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
          .thenComparing(file -> file.getFileName().toString(), FrameNames::compare);

  private static final Pattern NUMBER = Pattern.compile("%(0([1-9]))?d");
  private static final Pattern RUN = Pattern.compile("[0-9]+|[^0-9]+");

  private FrameNames() {}

  /** Whether a name has a place for a number. */
  static boolean isNumbered(String name) {
    return NUMBER.matcher(name).find();
  }

  /** The name of a frame. */
  static String name(String pattern, long number) {
    Matcher matcher = NUMBER.matcher(pattern);
    return matcher.replaceFirst(
        match -> {
          String digits = Long.toString(number);
          int width = Optional.ofNullable(match.group(2)).map(Integer::parseInt).orElse(0);
          return "0".repeat(Math.max(0, width - digits.length())) + digits;
        });
  }

  /** The names that a pattern stands for, as a regular expression. */
  static Pattern matching(String pattern) {
    Matcher matcher = NUMBER.matcher(pattern);
    if (!matcher.find()) {
      throw new IllegalArgumentException(pattern + " has no place for a number");
    }
    String width = matcher.group(2);
    return Pattern.compile(
        Pattern.quote(pattern.substring(0, matcher.start()))
            + (width == null ? "[0-9]+" : "[0-9]{" + width + ",}")
            + Pattern.quote(pattern.substring(matcher.end())));
  }

  private static int compare(String one, String other) {
    Matcher a = RUN.matcher(one);
    Matcher b = RUN.matcher(other);
    while (true) {
      boolean left = a.find();
      boolean right = b.find();
      if (!left || !right) {
        // Names that differ in leading zeros alone keep an order, too.
        return left == right ? one.compareTo(other) : left ? 1 : -1;
      }
      int order = compareRuns(a.group(), b.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int compareRuns(String a, String b) {
    boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
    if (!numbers) {
      return a.compareTo(b);
    }
    String x = a.replaceFirst("^0+(?=.)", "");
    String y = b.replaceFirst("^0+(?=.)", "");
    return x.length() != y.length() ? x.length() - y.length() : x.compareTo(y);
  }
}
