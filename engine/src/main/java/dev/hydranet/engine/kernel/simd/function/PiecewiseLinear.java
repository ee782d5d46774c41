package dev.hydranet.engine.kernel.simd.function;

import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Functions of straight pieces, and hard swish, which is x times one. */
final class PiecewiseLinear {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private PiecewiseLinear() {}

  /** out = in * factor + offset, between bounds. */
  static void bounded(
      float factor,
      float offset,
      float low,
      float high,
      float[] in,
      int a,
      float[] out,
      int c,
      int floats) {
    for (int i = 0; i < floats; i += L) {
      FloatVector y = FloatVector.fromArray(S, in, a + i).mul(factor).add(offset);
      y = y.blend(low, y.compare(VectorOperators.LT, low));
      y.blend(high, y.compare(VectorOperators.GT, high)).intoArray(out, c + i);
    }
  }

  /** out = in * (in / 6 + 1/2, between 0 and 1). */
  static void hardSwish(float[] in, int a, float[] out, int c, int floats) {
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, in, a + i);
      FloatVector y = x.mul(1f / 6).add(0.5f);
      y = y.blend(0f, y.compare(VectorOperators.LT, 0f));
      y = y.blend(1f, y.compare(VectorOperators.GT, 1f));
      x.mul(y).intoArray(out, c + i);
    }
  }

  /** out = in, times a slope where in is below 0. */
  static void leaky(float slope, float[] in, int a, float[] out, int c, int floats) {
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, in, a + i);
      x.blend(x.mul(slope), x.compare(VectorOperators.LT, 0f)).intoArray(out, c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    float[] data = HotLoop.tensor().data();
    return List.of(
        new HotLoop(
            "PiecewiseLinear.hardSwish",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                hardSwish(data, 0, data, 0, rounds * L);
              }
            }),
        new HotLoop(
            "PiecewiseLinear.bounded",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                bounded(1, 0, 0, 1, data, 0, data, 0, rounds * L);
              }
            }),
        new HotLoop(
            "PiecewiseLinear.leaky",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                leaky(0.5f, data, 0, data, 0, rounds * L);
              }
            }));
  }
}
