package dev.hydranet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final StringWriter lines = new StringWriter();
  private final PrintWriter to = new PrintWriter(lines);

  @BeforeEach
  void watch() {
    System.setOut(new PrintStream(screen, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void unwatch() {
    System.setOut(before);
  }

  @Test
  void nothingButTheLinesWhereNobodyWatches() {
    try (Progress progress = Progress.start(false, "predict", 2, "", 1)) {
      progress.now("a.png");
      progress.println(to, "a");
      progress.step();
      progress.at(2, 2);
      assertThat(lines).hasToString("a" + System.lineSeparator());
    }
    assertThat(lines).hasToString("a" + System.lineSeparator());
    assertThat(screen.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 80, 133})
  void barIsAsWideAsTheTerminal(int columns) {
    PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
    try (ProgressBar bar =
        Progress.bar("predict", 2, "", 1, new ConsoleProgressBarConsumer(terminal, columns))) {
      bar.step();
      bar.setExtraMessage(" a-file-with-quite-a-long-name-for-a-picture.png");
    }
    List<Integer> widths =
        Arrays.stream(screen.toString(StandardCharsets.UTF_8).split("\r"))
            .map(String::length)
            .toList();
    assertThat(widths).allMatch(width -> width <= columns).anyMatch(width -> width >= columns - 2);
  }

  @Test
  void barForWhoWatchesAndTheLinesAfterIt() {
    try (Progress progress = Progress.start(true, "predict", 2, "", 1)) {
      progress.now("a.png");
      progress.println(to, "a");
      progress.step();
      progress.step();
      assertThat(lines.toString()).isEmpty();
    }
    assertThat(lines).hasToString("a" + System.lineSeparator());
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("\rpredict ", "100%", "2/2", "a.png");
  }
}
