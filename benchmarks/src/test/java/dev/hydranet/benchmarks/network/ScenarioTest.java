package dev.hydranet.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
  /** What PyTorch counts. */
  @ParameterizedTest
  @CsvSource({
    "KITTI_480x640, 4436236800, 2991687",
    "KITTI_350x1200, 6106360832, 2991687",
    "NYUD3_480x640, 6077913600, 3077228"
  })
  void costsWhatThePaperSays(Scenario scenario, long macs, long parameters) {
    assertThat(scenario.macs()).isEqualTo(macs);
    assertThat(scenario.bytes()).isGreaterThan(4 * parameters);
  }
}
