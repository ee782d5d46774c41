package dev.hydranet.engine.kernel.simd.function;

import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** exp, less a shift, as softmax needs it. */
public final class Exponential {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private Exponential() {}

  /** out = exp(in - shift). */
  public static void run(float shift, float[] in, int a, float[] out, int c, int floats) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, in, a + i).sub(shift);
      FloatVector t = x.blend(Exp.LEAST, x.compare(VectorOperators.LT, Exp.LEAST));
      t = t.blend(Exp.MOST, t.compare(VectorOperators.GT, Exp.MOST));
      FloatVector n = t.mul(Exp.LOG2_E).add(Exp.ROUND);
      // The power in two halves: n may be 128, whose power is no float.
      IntVector bits = n.reinterpretAsInts().sub(Exp.WHOLE);
      IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
      FloatVector first =
          half.lanewise(VectorOperators.LSHL, Exp.EXPONENT).add(Exp.ONE).reinterpretAsFloats();
      FloatVector second =
          bits.sub(half)
              .lanewise(VectorOperators.LSHL, Exp.EXPONENT)
              .add(Exp.ONE)
              .reinterpretAsFloats();
      n = n.sub(Exp.ROUND);
      FloatVector r = n.fma(FloatVector.broadcast(S, -Exp.LN2_HIGH), t);
      r = n.fma(FloatVector.broadcast(S, -Exp.LN2_LOW), r);
      FloatVector p = r.mul(Exp.P7).add(Exp.P6);
      p = p.fma(r, FloatVector.broadcast(S, Exp.P5));
      p = p.fma(r, FloatVector.broadcast(S, Exp.P4));
      p = p.fma(r, FloatVector.broadcast(S, Exp.P3));
      p = p.fma(r, FloatVector.broadcast(S, Exp.P2));
      p = p.fma(r, one);
      p = p.fma(r, one);
      p = p.mul(first).mul(second);
      // Smaller than any normal number.
      p.blend(0f, x.compare(VectorOperators.LT, Exp.LEAST)).intoArray(out, c + i);
    }
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    float[] data = HotLoop.tensor().data();
    return List.of(
        new HotLoop(
            "Exponential.run",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                run(0, data, 0, data, 0, rounds * L);
              }
            }));
  }
}
