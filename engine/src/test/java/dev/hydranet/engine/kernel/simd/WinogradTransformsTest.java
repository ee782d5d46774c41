package dev.hydranet.engine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hydranet.engine.Engine;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Winograd;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WinogradTransformsTest {
  private static final int L = Vectors.LANES;
  private static final int IN = Winograd.IN;
  private static final int OUT = Winograd.OUT;

  @BeforeEach
  void needsVectors() {
    assumeTrue(Engine.info().simd());
  }

  /** Along both axes, with a filter between: the sums that a 3x3 filter makes of a tile. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theTransformsOfATileGiveItsSums(boolean scaled) {
    int n = 3 * L;
    SplittableRandom random = new SplittableRandom(1);
    float[] tile = random(random, IN * IN * n);
    float[] factor = random(random, n);
    float[] bias = random(random, n);
    float[] filter = random(random, 9);
    ChannelFilter scale = new ChannelFilter(factor, bias);
    Clamp clamp = new Clamp(-0.5f, 0.75f);

    float[] columns = new float[IN * IN * n];
    if (scaled) {
      WinogradTransforms.scaledInput(
          tile, 0, IN * n, n, IN, n, scale, clamp, columns, 0, IN * n, n);
    } else {
      WinogradTransforms.input(tile, 0, IN * n, n, IN, n, columns, 0, IN * n, n);
    }
    float[] both = new float[IN * IN * n];
    WinogradTransforms.input(columns, 0, n, IN * n, IN, n, both, 0, n, IN * n);
    float[][] weights = Winograd.transform(filter);
    for (int i = 0; i < both.length; i++) {
      both[i] *= weights[i / n][0];
    }
    float[] half = new float[OUT * IN * n];
    WinogradTransforms.output(both, 0, IN * n, n, IN, n, half, 0, IN * n, n);
    float[] sums = new float[OUT * OUT * n];
    WinogradTransforms.output(half, 0, n, IN * n, OUT, n, sums, 0, n, OUT * n);

    for (int y = 0; y < OUT; y++) {
      for (int x = 0; x < OUT; x++) {
        for (int c = 0; c < n; c++) {
          double sum = 0;
          for (int tap = 0; tap < 9; tap++) {
            float value = tile[((y + tap / 3) * IN + x + tap % 3) * n + c];
            sum += filter[tap] * (scaled ? clamp.apply(value * factor[c] + bias[c]) : value);
          }
          assertThat((double) sums[(y * OUT + x) * n + c]).isCloseTo(sum, within(1e-5));
        }
      }
    }
  }

  @Test
  void aTileIsFiniteUnlessOneOfItsValuesIsNot() {
    float[] values = new float[3 * L];
    Arrays.fill(values, Float.MAX_VALUE);
    assertThat(WinogradTransforms.finite(values, 0, values.length)).isTrue();
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int i = L; i < values.length; i++) {
        values[i] = odd;
        assertThat(WinogradTransforms.finite(values, L, 2 * L)).isFalse();
        assertThat(WinogradTransforms.finite(values, 0, L)).isTrue();
        values[i] = -1;
      }
    }
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
