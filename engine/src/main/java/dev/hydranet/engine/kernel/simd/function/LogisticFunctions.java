package dev.hydranet.engine.kernel.simd.function;

import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The logistic sigmoid, and swish. */
final class LogisticFunctions {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private LogisticFunctions() {}

  /** out = 1 / (1 + exp(-alpha * in)), or with {@code swish} in over the same. */
  static void run(boolean swish, float alpha, float[] in, int a, float[] out, int c, int floats) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, in, a + i);
      FloatVector t = x.mul(-alpha);
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
      FloatVector above = swish ? x : one;
      above.div(p.fma(power, one)).intoArray(out, c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    float[] data = HotLoop.tensor().data();
    return List.of(
        new HotLoop(
            "LogisticFunctions.run",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                run(turn % 2 == 0, 1, data, 0, data, 0, rounds * L);
              }
            }));
  }
}
