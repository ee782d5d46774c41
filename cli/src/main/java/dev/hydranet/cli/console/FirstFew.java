package dev.hydranet.cli.console;

import java.util.Collection;
import java.util.stream.Collectors;

/** Long lists in a line of text. */
public final class FirstFew {
  /** A checkpoint's hundreds of tensors are too many for one line. */
  private static final int SHOWN = 8;

  private FirstFew() {}

  /** The first of the items, and how many more there are. */
  public static String of(Collection<String> items, String separator) {
    String first = items.stream().limit(SHOWN).collect(Collectors.joining(separator));
    return items.size() <= SHOWN ? first : first + " and " + (items.size() - SHOWN) + " more";
  }
}
