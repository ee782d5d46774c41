package dev.hydranet.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void whatCanBeReadIsLeftAlone() {
    String text = "tensor \"layer1.0.weight\" [32, 3, 3, 3]: \u00fc\u4e2d\ud83d\ude00";
    assertThat(OneLine.of(text)).isEqualTo(text);
  }

  /**
   * Line ends of every kind, a terminal's escape, text turned round, half a pair, a private one.
   */
  @Test
  void whatBreaksALineOrSteersATerminalIsEscaped() {
    assertThat(OneLine.of("a\n\r\u0085\u2028\u2029\u001b[2J\u202e\ud800b\ue000\udb40\udc41"))
        .isEqualTo("a\\u000a\\u000d\\u0085\\u2028\\u2029\\u001b[2J\\u202e\\ud800b\\ue000\\ue0041");
  }

  @Test
  void whatIsTooLongIsCut() {
    assertThat(OneLine.of("abcd", 4)).isEqualTo("abcd");
    assertThat(OneLine.of("abcde", 4)).isEqualTo("abcd...");
  }
}
