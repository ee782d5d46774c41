package dev.hydranet.benchmarks.ladder.rung;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Bias and ReLU6 as a separate pass over the output. */
public final class BiasRelu6 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private BiasRelu6() {}

  /**
   * {@code out = relu6(out + bias)} for every pixel.
   *
   * @param bias one a channel, a multiple of the vector's length
   */
  public static void apply(float[] out, int pixels, float[] bias) {
    for (int p = 0; p < pixels; p++) {
      int at = p * bias.length;
      for (int o = 0; o < bias.length; o += S.length()) {
        FloatVector.fromArray(S, out, at + o)
            .add(FloatVector.fromArray(S, bias, o))
            .min(6)
            .max(0)
            .intoArray(out, at + o);
      }
    }
  }
}
