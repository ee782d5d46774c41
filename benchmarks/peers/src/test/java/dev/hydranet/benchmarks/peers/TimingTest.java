package dev.hydranet.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void mediansAndMinimum() {
    Timing timing = timing(new double[] {9, 1, 5}, new double[] {4, 2, 6, 3});
    assertThat(timing.median()).isEqualTo(4);
    assertThat(timing.bestRound()).isEqualTo(3.5);
    assertThat(timing.minimum()).isEqualTo(1);
  }

  @Test
  void ratioIsThatOfTheRoundsNotOfTheirMix() {
    Timing ours = timing(new double[] {10}, new double[] {100}, new double[] {20});
    Timing theirs = timing(new double[] {20}, new double[] {200}, new double[] {60});
    assertThat(theirs.times(ours)).isEqualTo(2);
    assertThat(ours.times(ours)).isEqualTo(1);
  }

  @Test
  void mediansOfRoundsAreInTheirOrder() {
    Timing timing = timing(new double[] {9, 1, 5}, new double[] {4, 2, 6, 3});
    assertThat(timing.roundMedians()).containsExactly(5, 3.5);
  }

  private static Timing timing(double[]... rounds) {
    Timing timing = new Timing();
    for (double[] round : rounds) {
      timing.add(round);
    }
    return timing;
  }
}
