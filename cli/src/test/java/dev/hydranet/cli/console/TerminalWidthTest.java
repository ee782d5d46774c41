package dev.hydranet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {
  @ParameterizedTest
  @CsvSource({"'24 80\n', 80", "'50 213\n', 213", "'24 0\n', ", "'', ", "stty: no tty, "})
  void readsWhatSttyPrints(String printed, Integer columns) {
    assertThat(TerminalWidth.ofSize(printed).stream().boxed().findFirst().orElse(null))
        .isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "0, 80", "-5, 80", "wide, 80", ", 80"})
  void elseTakesTheVariableOrEighty(String variable, int columns) {
    assertThat(TerminalWidth.ofVariable(variable)).isEqualTo(columns);
  }
}
