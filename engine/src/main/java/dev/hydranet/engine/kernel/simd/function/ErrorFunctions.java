package dev.hydranet.engine.kernel.simd.function;

import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The error function, and Gelu: a polynomial in x near 0, and 1 - exp(a polynomial in |x|) beyond.
 */
final class ErrorFunctions {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  /** Up to this |x| the first polynomial holds. */
  private static final float NEAR = 0.927734375f;

  private static final float ROOT_OF_HALF = 0.70710678118654752f;

  private ErrorFunctions() {}

  /**
   * out = erf(in), or with {@code gelu} out = in / 2 * (1 + erf(in / sqrt(2))): both are {@code
   * erf(in * scale) * factor + offset}, with factor and offset 1 and 0, or half of in.
   */
  static void run(boolean gelu, float[] in, int a, float[] out, int c, int floats) {
    float scale = gelu ? ROOT_OF_HALF : 1;
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, in, a + i).mul(scale);
      FloatVector far = x.abs();
      FloatVector s = x.mul(x);
      FloatVector t = far.mul(-1.72853470e-5f).add(3.83197126e-4f);
      FloatVector u = far.mul(-3.88396438e-3f).add(2.42546219e-2f);
      t = t.fma(s, u);
      t = t.fma(far, FloatVector.broadcast(S, -1.06777877e-1f));
      t = t.fma(far, FloatVector.broadcast(S, -6.34846687e-1f));
      t = t.fma(far, FloatVector.broadcast(S, -1.28717512e-1f));
      t = t.fma(far, far.neg());
      t = t.blend(Exp.LEAST, t.compare(VectorOperators.LT, Exp.LEAST));
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
      FloatVector y = one.sub(p.mul(power));
      y = y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
      FloatVector q = s.mul(-5.96761703e-4f).add(4.99119423e-3f);
      q = q.fma(s, FloatVector.broadcast(S, -2.67681349e-2f));
      q = q.fma(s, FloatVector.broadcast(S, 1.12819925e-1f));
      q = q.fma(s, FloatVector.broadcast(S, -3.76125336e-1f));
      q = q.fma(s, FloatVector.broadcast(S, 1.28379166e-1f));
      q = q.fma(x, x);
      y = y.blend(q, far.compare(VectorOperators.LT, NEAR));
      if (gelu) {
        FloatVector half = FloatVector.fromArray(S, in, a + i).mul(0.5f);
        y = y.fma(half, half);
      }
      y.intoArray(out, c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    float[] data = HotLoop.tensor().data();
    return List.of(
        new HotLoop(
            "ErrorFunctions.run",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                run(turn % 2 == 0, data, 0, data, 0, rounds * L);
              }
            }));
  }
}
