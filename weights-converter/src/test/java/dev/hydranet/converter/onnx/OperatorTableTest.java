package dev.hydranet.converter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.converter.onnx.translate.ModelTranslator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of operators in docs/onnx.md is that of the code. */
class OperatorTableTest {
  @Test
  void documentHasEveryOperator() throws Exception {
    List<String> expected =
        ModelTranslator.operators().entrySet().stream()
            .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " |")
            .toList();
    List<String> lines = Files.readAllLines(Path.of("../docs/onnx.md"));
    int begin = lines.indexOf("| operator | limits |") + 2;
    assertThat(lines.subList(begin, begin + expected.size())).isEqualTo(expected);
    assertThat(lines.get(begin + expected.size())).isEmpty();
  }
}
