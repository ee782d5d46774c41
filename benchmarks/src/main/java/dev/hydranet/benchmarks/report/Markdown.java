package dev.hydranet.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table. */
final class Markdown {
  private final List<String> lines = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param columns their titles; those after the first {@code names} hold numbers
   */
  Markdown(int names, String... columns) {
    row((Object[]) columns);
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      rules.add(i < names ? "---" : "---:");
    }
    row(rules.toArray());
  }

  /** Appends a row. */
  void row(Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(cell.toString());
    }
    lines.add("| " + String.join(" | ", texts) + " |");
  }

  /** Its lines. */
  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
