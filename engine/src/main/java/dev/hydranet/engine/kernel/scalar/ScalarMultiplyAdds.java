package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.kernel.MultiplyAdds;
import java.util.Arrays;

/** A loop that C2 vectorises by itself, on sums and terms that stay in the first-level cache. */
final class ScalarMultiplyAdds implements MultiplyAdds {
  private static final int ROUNDS = 1 << 12;

  @Override
  public long count() {
    return (long) ROUNDS * MAX_SUMS;
  }

  @Override
  public void run(float[] sums) {
    float[] terms = new float[MAX_SUMS];
    Arrays.fill(terms, 0.25f);
    for (int round = 0; round < ROUNDS; round++) {
      add(0.5f, terms, sums);
    }
  }

  private static void add(float factor, float[] terms, float[] sums) {
    for (int i = 0; i < MAX_SUMS; i++) {
      sums[i] += factor * terms[i];
    }
  }
}
