package dev.hydranet.engine.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Floats as integers of the same order, NaN above all: the maximum of integers is one instruction,
 * that of floats five, for the sake of NaN and -0.
 */
final class OrderedInts {
  private static final int MAGNITUDE = 0x7fffffff;

  private OrderedInts() {}

  static IntVector of(FloatVector x) {
    // NaN may have its sign set, which would make it the least.
    IntVector bits = x.blend(Float.NaN, x.compare(VectorOperators.NE, x)).reinterpretAsInts();
    return flip(bits);
  }

  static FloatVector toFloats(IntVector ordered) {
    return flip(ordered).reinterpretAsFloats();
  }

  /** Negative numbers the other way round; its own inverse. */
  private static IntVector flip(IntVector bits) {
    return bits.lanewise(VectorOperators.ASHR, 31)
        .and(MAGNITUDE)
        .lanewise(VectorOperators.XOR, bits);
  }
}
