package dev.hydranet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.kernel.MultiplyAdds;
import dev.hydranet.engine.kernel.choice.Kernels;
import org.junit.jupiter.api.Test;

class RooflineTest {
  /** Of the figures no test can say more than that some machine might reach them. */
  @Test
  void figuresArePossible() {
    Roofline roofline = Roofline.measure(Threads.of(2));
    assertThat(roofline.macsPerSecond()).isBetween(1e6, 1e15);
    assertThat(roofline.bytesPerSecond()).isBetween(1e6, 1e15);
    assertThat(Roofline.bandwidth(Threads.of(1), 12 << 10)).isBetween(1e6, 1e15);
  }

  @Test
  void multiplyAddsAreAsManyAsCounted() {
    MultiplyAdds work = Kernels.provider().multiplyAdds();
    float[] sums = new float[MultiplyAdds.MAX_SUMS];
    work.run(sums);
    int used = 0;
    for (float sum : sums) {
      used += sum != 0 ? 1 : 0;
    }
    assertThat(used).isPositive();
    assertThat(work.count() % used).isZero();
    assertThat(sums[0] * 8 * used).isEqualTo(work.count());
  }
}
