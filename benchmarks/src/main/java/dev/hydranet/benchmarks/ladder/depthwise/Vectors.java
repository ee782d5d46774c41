package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.rung.BiasRelu6;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors by hand: a vector of sums stays in a register from the first tap to the last.
 *
 * <p>Each multiply-add loads two vectors, an input and a weight, and uses each of them once.
 */
public final class Vectors extends DepthwiseRung {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private final float[] taps; // [tap][channel]

  public Vectors(Convolution c) {
    super(c);
    taps = channelsInnermost(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < c.channels(); i += L) {
        output(p, i);
      }
    }
    BiasRelu6.apply(out, pixels, bias);
  }

  private void output(int p, int i) {
    FloatVector sum = FloatVector.zero(S);
    for (int tap = 0; tap < seen.length; tap++) {
      FloatVector x = FloatVector.fromArray(S, in, seen[tap][p] + i);
      sum = x.fma(FloatVector.fromArray(S, taps, tap * c.channels() + i), sum);
    }
    sum.intoArray(out, p * c.channels() + i);
  }
}
