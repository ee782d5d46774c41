package dev.hydranet.benchmarks.ladder.dense;

import dev.hydranet.benchmarks.ladder.rung.BiasRelu6;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors by hand: a vector of sums stays in a register from the first product to the last, instead
 * of being read and written for every input.
 *
 * <p>A multiply-add takes some cycles until its sum can be added to, and here each waits for the
 * one before it; and each loads a vector of weights that it uses once.
 */
public final class Vectors extends DenseRung {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private final float[] weights; // [tap][channel][o]

  public Vectors(Convolution c) {
    super(c);
    weights = outputsInnermost(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = 0; p < pixels; p++) {
      for (int o = 0; o < c.outputs(); o += L) {
        output(p, o);
      }
    }
    BiasRelu6.apply(out, pixels, bias);
  }

  private void output(int p, int o) {
    FloatVector sum = FloatVector.zero(S);
    int w = o;
    for (int[] pixel : seen) {
      int from = pixel[p];
      for (int k = from; k < from + c.channels(); k++) {
        sum = FloatVector.broadcast(S, in[k]).fma(FloatVector.fromArray(S, weights, w), sum);
        w += c.outputs();
      }
    }
    sum.intoArray(out, p * c.outputs() + o);
  }
}
