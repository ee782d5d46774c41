package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.MultiplyAdds;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Twelve vectors of sums: more than two units with a latency of four or five cycles can have in the
 * works, and with the factors they fit 16 registers.
 */
final class SimdMultiplyAdds implements MultiplyAdds {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();
  private static final int VECTORS = 12;
  private static final int ROUNDS = 1 << 16;

  @Override
  public long count() {
    return (long) ROUNDS * VECTORS * L;
  }

  @Override
  public void run(float[] sums) {
    run(sums, ROUNDS);
  }

  private static void run(float[] sums, int rounds) {
    if (rounds == 0) {
      return;
    }
    FloatVector x = FloatVector.broadcast(S, 0.5f);
    FloatVector y = FloatVector.broadcast(S, 0.25f);
    FloatVector c0 = FloatVector.fromArray(S, sums, 0);
    FloatVector c1 = FloatVector.fromArray(S, sums, L);
    FloatVector c2 = FloatVector.fromArray(S, sums, 2 * L);
    FloatVector c3 = FloatVector.fromArray(S, sums, 3 * L);
    FloatVector c4 = FloatVector.fromArray(S, sums, 4 * L);
    FloatVector c5 = FloatVector.fromArray(S, sums, 5 * L);
    FloatVector c6 = FloatVector.fromArray(S, sums, 6 * L);
    FloatVector c7 = FloatVector.fromArray(S, sums, 7 * L);
    FloatVector c8 = FloatVector.fromArray(S, sums, 8 * L);
    FloatVector c9 = FloatVector.fromArray(S, sums, 9 * L);
    FloatVector c10 = FloatVector.fromArray(S, sums, 10 * L);
    FloatVector c11 = FloatVector.fromArray(S, sums, 11 * L);
    for (int round = 0; round < rounds; round++) {
      c0 = x.fma(y, c0);
      c1 = x.fma(y, c1);
      c2 = x.fma(y, c2);
      c3 = x.fma(y, c3);
      c4 = x.fma(y, c4);
      c5 = x.fma(y, c5);
      c6 = x.fma(y, c6);
      c7 = x.fma(y, c7);
      c8 = x.fma(y, c8);
      c9 = x.fma(y, c9);
      c10 = x.fma(y, c10);
      c11 = x.fma(y, c11);
    }
    c0.intoArray(sums, 0);
    c1.intoArray(sums, L);
    c2.intoArray(sums, 2 * L);
    c3.intoArray(sums, 3 * L);
    c4.intoArray(sums, 4 * L);
    c5.intoArray(sums, 5 * L);
    c6.intoArray(sums, 6 * L);
    c7.intoArray(sums, 7 * L);
    c8.intoArray(sums, 8 * L);
    c9.intoArray(sums, 9 * L);
    c10.intoArray(sums, 10 * L);
    c11.intoArray(sums, 11 * L);
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    float[] sums = new float[MAX_SUMS];
    return List.of(
        new HotLoop(
            "SimdMultiplyAdds.run",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                SimdMultiplyAdds.run(sums, rounds);
              }
            }));
  }
}
