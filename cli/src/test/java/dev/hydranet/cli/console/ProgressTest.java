package dev.hydranet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
