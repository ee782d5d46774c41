package dev.hydranet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  @Test
  void eachExampleIsShort() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
      List<Path> programs = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(programs).isNotEmpty();
      for (Path program : programs) {
        assertThat(Files.readAllLines(program)).as(program.toString()).hasSizeLessThan(120);
      }
    }
  }
}
