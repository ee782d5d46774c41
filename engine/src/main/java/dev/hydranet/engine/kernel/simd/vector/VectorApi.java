package dev.hydranet.engine.kernel.simd.vector;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the kernels use of the Vector API. It is an incubator's and may change with any version of
 * Java; a method that is missing shows only when it is called.
 */
public final class VectorApi {
  private VectorApi() {}

  /**
   * Calls every operation that a kernel uses.
   *
   * @throws LinkageError if one is missing
   */
  public static void check() {
    VectorSpecies<Float> species = Vectors.SPECIES;
    float[] values = new float[Vectors.LANES];
    FloatVector x = FloatVector.fromArray(species, values, 0);
    FloatVector y = FloatVector.broadcast(species, 1f).fma(x, FloatVector.zero(species));
    y = y.add(x).add(1f).sub(x).sub(1f).mul(2f).mul(x).div(y).max(x).neg().abs();
    y = y.blend(0f, y.compare(LT, 0f)).blend(0f, y.compare(GT, 0f)).blend(0f, y.compare(NE, y));
    y = y.blend(x, y.compare(LT, 0f));
    IntVector bits = y.reinterpretAsInts();
    bits = bits.lanewise(LSHL, 23).add(1).sub(1).sub(bits);
    bits = bits.lanewise(ASHR, 31).and(1).lanewise(XOR, bits).max(bits);
    values[0] = bits.reinterpretAsFloats().reduceLanes(ADD);
    bits.reinterpretAsFloats().intoArray(values, 0);
  }
}
