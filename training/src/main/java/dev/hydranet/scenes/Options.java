package dev.hydranet.scenes;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command's options. Whatever is wrong is an {@link IllegalArgumentException} that names it. */
final class Options {
  private static final String STDOUT = "--stdout";
  private static final String OUT = "--out";

  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads them: {@code --out DIR} or {@code --stdout}, and any of {@code known} with its value.
   *
   * @param known the names of all options that take a value
   */
  Options(String[] args, List<String> known) {
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (option.equals(STDOUT)) {
        values.put(option, "");
      } else if (!known.contains(option) && !option.equals(OUT)) {
        throw new IllegalArgumentException("unknown option '" + option + "'");
      } else if (i + 1 == args.length) {
        throw new IllegalArgumentException("option '" + option + "' lacks its value");
      } else {
        values.put(option, args[++i]);
      }
    }
    if (values.containsKey(STDOUT) == values.containsKey(OUT)) {
      throw new IllegalArgumentException("expected one of --out DIR and --stdout");
    }
  }

  boolean toStdout() {
    return values.containsKey(STDOUT);
  }

  /** Where to write, unless {@link #toStdout}. */
  Path out() {
    return Path.of(values.get(OUT));
  }

  /** A whole number from {@code least} to {@code most}. */
  int number(String option, int otherwise, int least, int most) {
    String value = values.get(option);
    return value == null ? otherwise : number(option, value, least, most);
  }

  private static int number(String option, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
    throw new IllegalArgumentException(
        option + " is '" + value + "', expected a whole number, " + range);
  }

  /** A number above 0, at most {@code most}. */
  double positive(String option, double otherwise, double most) {
    String value = values.getOrDefault(option, String.valueOf(otherwise));
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    throw new IllegalArgumentException(
        option + " is '" + value + "', expected a number above 0, at most " + most);
  }

  long seed() {
    String value = values.getOrDefault("--seed", "1");
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed is '" + value + "', expected a whole number", e);
    }
  }

  /** Height and width. */
  int[] size(String otherwise) {
    String value = values.getOrDefault("--size", otherwise);
    String[] sides = value.split("x", -1);
    if (sides.length != 2) {
      throw new IllegalArgumentException(
          "--size is '" + value + "', expected HxW, such as " + otherwise);
    }
    int height = number("--size", sides[0], 1, Integer.MAX_VALUE);
    int width = number("--size", sides[1], 1, Integer.MAX_VALUE);
    if ((long) height * width > Renderer.MAX_PIXELS) {
      throw new IllegalArgumentException(
          "--size is '" + value + "', expected at most " + Renderer.MAX_PIXELS + " pixels");
    }
    return new int[] {height, width};
  }

  int threads() {
    return number("--threads", 2, 1, Integer.MAX_VALUE);
  }
}
