package dev.hydranet.cli.timing;

import dev.hydranet.engine.Roofline;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the time goes, step by step and kernel by kernel. */
public final class StepTable {
  private static final String FIGURES = " %8s %6s %8s %6s %8s %7s";

  private StepTable() {}

  /** Prints both tables. */
  public static void print(StepTimes times, Roofline machine, PrintWriter out) {
    List<StepTimes.Row> rows = new ArrayList<>(times.rows());
    rows.add(times.total());
    int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(1);
    int kernels = rows.stream().mapToInt(row -> row.kernel().length()).max().orElse(1);
    String row = "%-" + names + "s %-" + kernels + "s";
    head(String.format(Locale.ROOT, row, "value", "kernel"), out);
    for (StepTimes.Row one : rows) {
      figures(String.format(Locale.ROOT, row, one.name(), one.kernel()), one, times, machine, out);
    }
    out.println();
    row = "%-" + kernels + "s %5s";
    head(String.format(Locale.ROOT, row, "kernel", "steps"), out);
    for (StepTimes.Row one : times.byKernel()) {
      figures(String.format(Locale.ROOT, row, one.kernel(), one.steps()), one, times, machine, out);
    }
  }

  private static void head(String first, PrintWriter out) {
    out.println(
        first + String.format(Locale.ROOT, FIGURES, "ms", "%", "GMAC/s", "peak %", "MB", "GB/s"));
  }

  private static void figures(
      String first, StepTimes.Row row, StepTimes times, Roofline machine, PrintWriter out) {
    boolean computes = row.macs() > 0;
    out.println(
        first
            + String.format(
                Locale.ROOT,
                FIGURES,
                String.format(Locale.ROOT, "%.3f", row.milliseconds()),
                number(100 * row.milliseconds() / times.total().milliseconds()),
                computes ? number(row.macsPerSecond() / 1e9) : "",
                computes ? number(100 * row.macsPerSecond() / machine.macsPerSecond()) : "",
                number(row.bytes() / 1e6),
                number(row.bytesPerSecond() / 1e9)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
