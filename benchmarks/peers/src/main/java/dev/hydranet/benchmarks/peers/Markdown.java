package dev.hydranet.benchmarks.peers;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table on the standard output, row by row, that can be pasted into a page. */
final class Markdown {
  private static final int LEAST_WIDTH = 7;

  private final List<String> columns;

  /** Prints the head. */
  Markdown(String... columns) {
    this.columns = List.of(columns);
    print(this.columns);
    System.out.println("| --- ".repeat(columns.length) + "|");
  }

  /** Prints a row. */
  void row(Object... cells) {
    print(List.of(cells));
  }

  private void print(List<?> cells) {
    System.out.println(
        IntStream.range(0, cells.size())
            .mapToObj(i -> String.format("%-" + width(i) + "s", cells.get(i)))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private int width(int column) {
    int name = columns.get(column).length();
    return Math.max(name, column == 0 ? 2 * LEAST_WIDTH : LEAST_WIDTH);
  }
}
