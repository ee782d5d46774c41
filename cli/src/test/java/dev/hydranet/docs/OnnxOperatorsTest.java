package dev.hydranet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.converter.onnx.translate.ModelTranslator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of ONNX operators is the one of the code; {@code -Ddocs.write=true} writes it. */
class OnnxOperatorsTest {
  private static final String HEADING = "| operator | limits |";

  @Test
  void theTableIsThatOfTheCode() throws IOException {
    Path file = Path.of("../docs/onnx.md");
    List<String> lines = Files.readAllLines(file);
    int begin = lines.indexOf(HEADING) + 2;
    int end = begin;
    while (!lines.get(end).isBlank()) {
      end++;
    }
    List<String> rows =
        ModelTranslator.operators().entrySet().stream()
            .map(operator -> "| " + operator.getKey() + " | " + operator.getValue() + " |")
            .toList();
    if (Document.WRITE) {
      List<String> written = new ArrayList<>(lines.subList(0, begin));
      written.addAll(rows);
      written.addAll(lines.subList(end, lines.size()));
      Files.write(file, written);
    } else {
      assertThat(lines.subList(begin, end)).isEqualTo(rows);
    }
    assertThat(rows).hasSizeGreaterThan(90);
  }
}
