package dev.hydranet.cli.console;

import dev.hydranet.engine.text.OneLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar where somebody is watching, nothing elsewhere. Lines that are printed meanwhile
 * appear at once where there is no bar, and when the bar is gone where there is one.
 */
public final class Progress implements AutoCloseable {
  private static final int REFRESH_MILLISECONDS = 100;

  private final ProgressBar bar;
  private final List<Runnable> lines = new ArrayList<>();

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Begins.
   *
   * @param total steps to come, -1 if unknown
   * @param unit of a step's name
   * @param unitSize steps in a unit
   */
  public static Progress start(
      boolean terminal, String task, long total, String unit, long unitSize) {
    return new Progress(
        terminal
            ? bar(
                task,
                total,
                unit,
                unitSize,
                new ConsoleProgressBarConsumer(System.out, TerminalWidth.columns()))
            : null);
  }

  /** A bar that a consumer shows, as wide as that says. */
  static ProgressBar bar(
      String task, long total, String unit, long unitSize, ProgressBarConsumer consumer) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUnit(unit, unitSize)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
        .setConsumer(consumer)
        .clearDisplayOnFinish()
        .build();
  }

  /** Of work whose end cannot be foreseen. */
  public static Progress start(boolean terminal, String task) {
    return start(terminal, task, -1, "", 1);
  }

  /** Reports the steps done, and the total or -1. */
  public void at(long done, long total) {
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
    }
  }

  /** How many steps there are in all is known now. */
  public void total(long steps) {
    if (bar != null) {
      bar.maxHint(steps);
    }
  }

  /** One more step is done. */
  public void step() {
    if (bar != null) {
      bar.step();
    }
  }

  /** What is being done, perhaps a file's name. */
  public void now(String what) {
    if (bar != null) {
      bar.setExtraMessage(" " + OneLine.of(what));
    }
  }

  public void println(PrintWriter to, String line) {
    if (bar == null) {
      to.println(line);
      to.flush();
    } else {
      lines.add(() -> to.println(line));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      lines.forEach(Runnable::run);
    }
  }
}
