package dev.hydranet.engine.kernel.simd.function;

import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * tanh: a polynomial near 0, where 1 - 2 / (exp(2x) + 1) would lose digits, and that beyond.
 * Coefficients of {@code tanhf} in the Cephes library (Moshier).
 */
final class HyperbolicTangent {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  /** The square of 0.625, up to which the polynomial holds. */
  private static final float NEAR = 0.390625f;

  private static final float P4 = -5.70498872745e-3f;
  private static final float P3 = 2.06390887954e-2f;
  private static final float P2 = -5.37397155531e-2f;
  private static final float P1 = 1.33314422036e-1f;
  private static final float P0 = -3.33332819422e-1f;

  private HyperbolicTangent() {}

  /** out = tanh(in). */
  static void run(float[] in, int a, float[] out, int c, int floats) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, in, a + i);
      FloatVector t = x.add(x);
      t = t.blend(Exp.LEAST, t.compare(VectorOperators.LT, Exp.LEAST));
      t = t.blend(Exp.MOST, t.compare(VectorOperators.GT, Exp.MOST));
      FloatVector n = t.mul(Exp.LOG2_E).add(Exp.ROUND);
      FloatVector power =
          n.reinterpretAsInts()
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
      FloatVector far = one.sub(FloatVector.broadcast(S, 2f).div(p.fma(power, one)));
      FloatVector s = x.mul(x);
      FloatVector q = s.mul(P4).add(P3);
      q = q.fma(s, FloatVector.broadcast(S, P2));
      q = q.fma(s, FloatVector.broadcast(S, P1));
      q = q.fma(s, FloatVector.broadcast(S, P0));
      q = q.mul(s).fma(x, x);
      far.blend(q, s.compare(VectorOperators.LT, NEAR)).intoArray(out, c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    float[] data = HotLoop.tensor().data();
    return List.of(
        new HotLoop(
            "HyperbolicTangent.run",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                run(data, 0, data, 0, rounds * L);
              }
            }));
  }
}
